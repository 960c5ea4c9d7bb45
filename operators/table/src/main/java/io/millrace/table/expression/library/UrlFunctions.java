// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parts of URLs, and text in them. */
public final class UrlFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(UrlFunctions.class)
                .add("parse_url", STRING, "part", STRING, STRING)
                .add("parse_url", STRING, "part", STRING, STRING, STRING)
                .add("try_parse_url", STRING, "tryPart", STRING, STRING)
                .add("try_parse_url", STRING, "tryPart", STRING, STRING, STRING)
                .add("url_encode", STRING, "encode", STRING)
                .add("url_decode", STRING, "decode", STRING)
                .add("try_url_decode", STRING, "tryDecode", STRING)
                .uncast(0, "parse_url try_parse_url")
                .uncast(1, "parse_url try_parse_url")
                .uncast(2, "parse_url try_parse_url")
                .register(to);
    }

    public static @Nullable Utf8 part(Utf8 url, Utf8 part) {
        try {
            String found = part(new URI(url.toString()), part.toString());
            return found == null ? null : Utf8.of(found);
        } catch (URISyntaxException e) {
            throw new QueryExecutionException(
                    "INVALID_URL",
                    "The url is invalid: " + url
                            + ". Use `try_parse_url` to tolerate invalid URL and return NULL instead.");
        }
    }

    /** The value of a key of the query; null if it is not there or another part is asked for. */
    public static @Nullable Utf8 part(Utf8 url, Utf8 part, Utf8 key) {
        if (!part.toString().equals("QUERY")) {
            return null;
        }
        Utf8 query = part(url, part);
        if (query == null) {
            return null;
        }
        for (String pair : query.toString().split("&", -1)) {
            if (pair.startsWith(key + "=")) {
                return Utf8.of(pair.substring(key.toString().length() + 1));
            }
        }
        return null;
    }

    public static @Nullable Utf8 tryPart(Utf8 url, Utf8 part) {
        try {
            return part(url, part);
        } catch (QueryExecutionException e) {
            return null;
        }
    }

    public static @Nullable Utf8 tryPart(Utf8 url, Utf8 part, Utf8 key) {
        try {
            return part(url, part, key);
        } catch (QueryExecutionException e) {
            return null;
        }
    }

    private static @Nullable String part(URI uri, String part) {
        return switch (part) {
            case "HOST" -> uri.getHost();
            case "PATH" -> uri.getRawPath() == null ? "" : uri.getRawPath();
            case "QUERY" -> uri.getRawQuery();
            case "REF" -> uri.getRawFragment();
            case "PROTOCOL" -> uri.getScheme();
            case "FILE" -> uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
            case "AUTHORITY" -> uri.getRawAuthority();
            case "USERINFO" -> uri.getRawUserInfo();
            default -> null;
        };
    }

    public static Utf8 encode(Utf8 text) {
        return Utf8.of(URLEncoder.encode(text.toString(), StandardCharsets.UTF_8));
    }

    public static Utf8 decode(Utf8 text) {
        try {
            return Utf8.of(URLDecoder.decode(text.toString(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new QueryExecutionException("CANNOT_DECODE_URL", "The url cannot be decoded: " + text);
        }
    }

    public static @Nullable Utf8 tryDecode(Utf8 text) {
        try {
            return decode(text);
        } catch (QueryExecutionException e) {
            return null;
        }
    }
}
