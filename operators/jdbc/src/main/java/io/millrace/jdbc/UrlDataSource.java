// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.io.PrintWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection by a JDBC URL, without a pool.
 *
 * <p>A password in the URL is taken out of it and given to the driver by itself, so that no message of the driver has it, and neither
 * {@code toString} nor an error of this class does. Thread-safe.
 */
public final class UrlDataSource implements DataSource {

    private static final Pattern LOGIN = Pattern.compile("(?i)([?&;])(user|username|password|pwd)=([^&;]*)");

    private final String url;
    private final Properties login;
    private final Redaction redaction;

    private UrlDataSource(String url, @Nullable String user, @Nullable String password) {
        if (!url.startsWith("jdbc:")) {
            throw new IllegalArgumentException("a JDBC URL must begin with jdbc:, but has " + url.length()
                    + " other characters, not shown since they may be a password");
        }
        if (shown(url).contains("@")) {
            throw new IllegalArgumentException(
                    "the part before @ may be a password, so give user and password by themselves: UrlDataSource.of(url, user, password)");
        }
        this.login = new Properties();
        this.url = withoutLogin(url, login);
        put("user", user);
        put("password", password);
        String secret = login.getProperty("password", "");
        this.redaction = new Redaction(secret);
    }

    /** Connects by a URL that says all there is to say. */
    public static UrlDataSource of(String url) {
        return new UrlDataSource(url, null, null);
    }

    /** Connects with a user and a password, which come before those in the URL. */
    public static UrlDataSource of(String url, String user, String password) {
        return new UrlDataSource(url, user, password);
    }

    private void put(String key, @Nullable String value) {
        if (value != null) {
            login.setProperty(key, value);
        }
    }

    private static String withoutLogin(String url, Properties login) {
        boolean isEncoded = url.startsWith("jdbc:postgresql:");
        StringBuilder rest = new StringBuilder();
        Matcher matcher = LOGIN.matcher(url);
        while (matcher.find()) {
            String key = matcher.group(2).toLowerCase(java.util.Locale.ROOT).startsWith("u") ? "user" : "password";
            String value = matcher.group(3);
            login.setProperty(key, isEncoded ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value);
            // what follows a ? goes on with & alone
            matcher.appendReplacement(rest, matcher.group(1).equals("?") ? "?" : "");
        }
        matcher.appendTail(rest);
        return rest.toString().replace("?&", "?").replaceFirst("\\?$", "");
    }

    private static String shown(String url) {
        return url.split("[?;]", 2)[0];
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return DriverManager.getConnection(url, login);
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())
                    && String.valueOf(e.getMessage()).startsWith("No suitable driver")) {
                throw new SQLException("no driver on the class path takes " + this, "08001");
            }
            throw redaction.clean(e);
        }
    }

    @Override
    public Connection getConnection(@Nullable String username, @Nullable String password) throws SQLException {
        return new UrlDataSource(url, username, password).getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("a UrlDataSource writes no log");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("say it in the URL, as the driver wants it");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("a UrlDataSource writes no log");
    }

    @Override
    public <U> U unwrap(Class<U> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("a UrlDataSource is no " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** Where it connects to, without user, password and settings. */
    @Override
    public String toString() {
        return shown(url);
    }
}
