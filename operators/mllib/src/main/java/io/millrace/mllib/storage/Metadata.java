// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The line of JSON in a stage's {@code metadata/}.
 *
 * @param file the folder it was read from, for messages
 * @param className the Scala class that was saved
 * @param uid the stage's id, from which the default name of its output column is made
 * @param sparkVersion the version that saved it
 * @param params what was set and what the defaults were when it was saved
 * @param json the whole object, for what models add: {@code numFeatures}, {@code rank}
 */
public record Metadata(
        String file,
        String className,
        String uid,
        String sparkVersion,
        Params params,
        Map<String, @Nullable Object> json) {

    /**
     * Parses the metadata of a stage.
     *
     * @throws ModelFormatException if it is not JSON, is nested too deep, or lacks class or uid
     */
    public static Metadata parse(String file, String text, LoadLimits limits) {
        Map<String, @Nullable Object> json;
        try {
            json = Json.parseObject(text, limits.depth());
        } catch (IOException e) {
            throw new ModelFormatException(file, "not the JSON of a stage: " + firstLine(e), e);
        }
        String className = string(file, json, "class");
        String uid = string(file, json, "uid");
        Object version = json.get("sparkVersion");
        Params params = Params.of(file, uid, object(file, json, "paramMap"), object(file, json, "defaultParamMap"));
        return new Metadata(file, className, uid, version instanceof String text2 ? text2 : "", params, json);
    }

    /** An integer that a model adds to its metadata, as {@code numFeatures}. */
    public int getInt(String key) {
        Object value = json.get(key);
        if (value instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        throw new ModelFormatException(file, key + " is " + value + ", must be an integer");
    }

    /** Whether {@link #sparkVersion} is before {@code major}.0; a version that cannot be read counts as new. */
    public boolean savedBefore(int major) {
        int dot = sparkVersion.indexOf('.');
        try {
            return dot > 0 && Integer.parseInt(sparkVersion, 0, dot, 10) < major;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String string(String file, Map<String, @Nullable Object> json, String key) {
        if (json.get(key) instanceof String value) {
            return value;
        }
        throw new ModelFormatException(file, "\"" + key + "\" is missing: not the metadata of a Spark ML stage");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(String file, Map<String, @Nullable Object> json, String key) {
        Object value = json.get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new ModelFormatException(file, "\"" + key + "\" is not an object");
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
