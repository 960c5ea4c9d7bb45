// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import org.jspecify.annotations.Nullable;

/** A row that a stage refuses, as Spark refuses it: with the class and the message that Spark's exception has. */
public final class ScoringException extends RuntimeException {

    /** The class that most of Spark's stages throw. */
    public static final String SPARK = "org.apache.spark.SparkException";

    /** What {@code raise_error} throws; its message begins with {@code [USER_RAISED_EXCEPTION]}. */
    public static final String SPARK_RUNTIME = "org.apache.spark.SparkRuntimeException";

    private static final long serialVersionUID = 1L;

    private final String sparkClass;

    public ScoringException(String sparkClass, @Nullable String message) {
        this(sparkClass, message, null);
    }

    public ScoringException(String sparkClass, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sparkClass = sparkClass;
    }

    /** A {@code SparkException}. */
    public static ScoringException spark(String message) {
        return new ScoringException(SPARK, message);
    }

    /** What Scala's {@code require} throws: its message begins with {@code requirement failed: }. */
    public static ScoringException requirement(String message) {
        return new ScoringException("java.lang.IllegalArgumentException", "requirement failed: " + message);
    }

    /**
     * What the JVM throws where Spark calls a method of a null: the text is the one that Spark's log shows.
     *
     * @param method as the JVM writes it: {@code org.apache.spark.ml.linalg.Vector.size()}
     * @param variable the variable that is null
     */
    public static ScoringException nullCall(String method, String variable) {
        return new ScoringException(
                "java.lang.NullPointerException",
                "Cannot invoke \"" + method + "\" because \"" + variable + "\" is null");
    }

    /** What a Scala match throws that has no case for null. */
    public static ScoringException noMatchForNull() {
        return new ScoringException("scala.MatchError", "null");
    }

    /** {@code thrown} itself, or what stands for it: every failure of a row is a {@code ScoringException}. */
    public static ScoringException of(RuntimeException thrown) {
        return thrown instanceof ScoringException scoring
                ? scoring
                : new ScoringException(thrown.getClass().getName(), thrown.getMessage(), thrown);
    }

    /** The name of the class that Spark throws. */
    public String sparkClass() {
        return sparkClass;
    }
}
