// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps passwords out of errors: of those a driver made, too, since they become part of logs. */
final class Redaction {

    private static final Pattern SETTING = Pattern.compile(
            "(?i)([a-z_]*(?:password|passwd|pwd|passphrase|secret|token)[0-9]?\\s*=\\s*)[^&;,\\s\"')]+");
    private static final Pattern USER_INFO = Pattern.compile("(//[^/@:\\s]*:)[^/@\\s]+@");
    private static final String HIDDEN = "****";
    private static final int DEEPEST = 8;

    private final List<String> secrets;

    /** Hides these texts and what looks like a password in a URL. */
    Redaction(String... secrets) {
        this.secrets =
                List.of(secrets).stream().filter(secret -> !secret.isEmpty()).toList();
    }

    /** The text without secrets. */
    String clean(String text) {
        String cleaned = text;
        for (String secret : secrets) {
            cleaned = cleaned.replace(secret, HIDDEN);
        }
        cleaned = SETTING.matcher(cleaned).replaceAll("$1" + HIDDEN);
        return USER_INFO.matcher(cleaned).replaceAll("$1" + HIDDEN + "@");
    }

    /** The failure itself if nothing that it prints is a secret, else a copy without. */
    SQLException clean(SQLException failure) {
        StringWriter printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        for (SQLException next = failure.getNextException(); next != null; next = next.getNextException()) {
            printed.append(next.toString());
        }
        String text = printed.toString();
        return clean(text).equals(text) ? failure : copy(failure, DEEPEST);
    }

    private SQLException copy(SQLException failure, int deepest) {
        SQLException copy = new SQLException(message(failure), failure.getSQLState(), failure.getErrorCode());
        copy.setStackTrace(failure.getStackTrace());
        Throwable cause = failure.getCause();
        if (cause != null && deepest > 0) {
            copy.initCause(copyOf(cause, deepest - 1));
        }
        return copy;
    }

    private Throwable copyOf(Throwable failure, int deepest) {
        if (failure instanceof SQLException sql) {
            return copy(sql, deepest);
        }
        Throwable cause = failure.getCause();
        Exception copy = new Exception(
                failure.getClass().getName() + ": " + message(failure),
                cause == null || deepest == 0 ? null : copyOf(cause, deepest - 1));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    private @Nullable String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? null : clean(message);
    }
}
