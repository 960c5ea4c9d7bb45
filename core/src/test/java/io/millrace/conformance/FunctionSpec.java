// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function as a program names it.
 *
 * @param name its name
 * @param args its arguments as JSON: values, or functions again
 */
record FunctionSpec(String name, List<Object> args) {

    /** The function that some JSON names. */
    static FunctionSpec fromJson(Object json) {
        Map<?, ?> map = (Map<?, ?>) json;
        List<Object> args = map.get("args") instanceof List<?> list ? new ArrayList<>(list) : List.of();
        return new FunctionSpec((String) map.get("name"), args);
    }

    /** The only argument, a value. */
    Object value() {
        return Values.fromJson(args.get(0));
    }

    /** The only argument, a number. */
    long number() {
        return (Long) args.get(0);
    }

    /** The only argument, a text. */
    String text() {
        return (String) args.get(0);
    }

    /** The only argument, a function. */
    FunctionSpec function() {
        return fromJson(args.get(0));
    }

    /** No kind of function has this name. */
    UnsupportedProgramException unknown(String kind) {
        return new UnsupportedProgramException("there is no " + kind + " called " + name);
    }
}
