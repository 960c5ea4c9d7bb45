// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

/** Writes the code of a call of a method. */
final class CallCode {

    /** So many arguments of an array are computed in one method. */
    private static final int ABREAST = 32;

    private final ClassText text;

    CallCode(ClassText text) {
        this.text = text;
    }

    /**
     * The call of a function.
     *
     * @param codes of the arguments
     * @param attempt gives null where the function throws
     */
    Code of(BoundFunction function, List<Expression> arguments, List<Code> codes, boolean attempt) {
        int id = text.next();
        DataType type = function.type();
        Method method = function.method();
        String java = Forms.java(type);
        Class<?> returned = method.getReturnType();
        boolean plain = returned.isPrimitive() && Forms.isPrimitive(type) && nameable(method);
        boolean nullable =
                !plain || attempt || (function.strict() && codes.stream().anyMatch(code -> !code.neverNull()));
        StringBuilder out = new StringBuilder();
        out.append("boolean n" + id + " = " + nullable + ";\n" + java + " v" + id + " = " + Forms.unset(type) + ";\n");
        StringBuilder closing = new StringBuilder();
        for (Code code : codes) {
            out.append(code.before());
            if (function.strict() && !code.neverNull()) {
                out.append("if (!" + code.isNull() + ") {\n");
                closing.append("}\n");
            }
        }
        if (attempt) {
            out.append("try {\n");
        }
        String result = invoke(function, arguments, codes, out);
        if (plain) {
            out.append("v" + id + " = " + converted(returned, type, result) + ";\n");
            out.append(nullable ? "n" + id + " = false;\n" : "");
        } else {
            out.append("Object r" + id + " = "
                    + (returned.isPrimitive() && nameable(method) ? boxed(returned, result) : result) + ";\n");
            out.append("if (r" + id + " != null) {\nn" + id + " = false;\nv" + id + " = ");
            out.append(Forms.unbox(type, "r" + id)).append(";\n}\n");
        }
        if (attempt) {
            out.append("} catch (io.millrace.table.QueryExecutionException e" + id + ") {\nn" + id + " = true;\n}\n");
        }
        out.append(closing);
        return new Code(out.toString(), nullable ? "n" + id : "false", "v" + id);
    }

    /** Statements that make {@code Object v} of an array of boxed values. */
    String array(int id, List<Expression> values, List<Code> codes, String component) {
        StringBuilder out =
                new StringBuilder(component + "[] v" + id + " = new " + component + "[" + values.size() + "];\n");
        for (int from = 0; from < values.size(); from += ABREAST) {
            StringBuilder part = new StringBuilder();
            for (int i = from; i < Math.min(from + ABREAST, values.size()); i++) {
                Code code = codes.get(i);
                part.append(code.before()).append("v" + id + "[" + i + "] = ");
                part.append("(" + component + ") " + object(values.get(i).type(), code))
                        .append(";\n");
            }
            if (values.size() <= ABREAST) {
                out.append(part);
            } else {
                int method = text.next();
                text.method("private void m" + method + "(" + component + "[] v" + id
                        + ", int i, int j) throws Exception {\n" + part + "}");
                out.append("m" + method + "(v" + id + ", i, j);\n");
            }
        }
        return out.toString();
    }

    private String invoke(BoundFunction function, List<Expression> arguments, List<Code> codes, StringBuilder out) {
        Method method = function.method();
        Class<?>[] parameters = method.getParameterTypes();
        int fixed = method.isVarArgs() ? parameters.length - 1 : parameters.length;
        if (arguments.size() < fixed || (!method.isVarArgs() && arguments.size() > fixed)) {
            throw new IllegalArgumentException("The function '" + function.name() + "' calls " + method + " with "
                    + arguments.size() + " arguments");
        }
        boolean byName = nameable(method);
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < fixed; i++) {
            list.append(i > 0 ? ", " : "");
            DataType type = arguments.get(i).type();
            if (arguments.get(i) instanceof Expression.Lambda) {
                list.append(codes.get(i).value());
                continue;
            }
            list.append(
                    byName
                            ? argument(parameters[i], type, codes.get(i), function.strict())
                            : object(type, codes.get(i)));
        }
        if (method.isVarArgs()) {
            int rest = text.next();
            Class<?> component = parameters[fixed].getComponentType();
            if (component.isPrimitive()) {
                throw new IllegalArgumentException(
                        "The variable arguments of '" + function.name() + "' must be objects");
            }
            out.append(arrayOfValues(rest, arguments, codes, fixed, component.getCanonicalName()));
            list.append(fixed > 0 ? ", " : "").append(byName ? "" : "(Object) ").append("v" + rest);
        }
        if (!byName) {
            String call = text.constant(FunctionCall.of(function), FunctionCall.class.getCanonicalName());
            return call + ".call(new Object[] {" + list + "})";
        }
        String owner = method.getDeclaringClass().getCanonicalName();
        String on = Modifier.isStatic(method.getModifiers()) ? owner : text.constant(function.target(), owner);
        return on + "." + method.getName() + "(" + list + ")";
    }

    /** The codes ran before the call, so only their values are put into the array. */
    private static String arrayOfValues(
            int id, List<Expression> arguments, List<Code> codes, int from, String component) {
        int brackets = component.indexOf('[');
        String element = brackets < 0 ? component : component.substring(0, brackets);
        String nested = brackets < 0 ? "" : component.substring(brackets);
        StringBuilder out = new StringBuilder(
                component + "[] v" + id + " = new " + element + "[" + (arguments.size() - from) + "]" + nested + ";\n");
        for (int i = from; i < arguments.size(); i++) {
            out.append("v" + id + "[" + (i - from) + "] = (" + component + ") ");
            out.append(object(arguments.get(i).type(), codes.get(i))).append(";\n");
        }
        return out.toString();
    }

    private static String argument(Class<?> parameter, DataType type, Code code, boolean strict) {
        String java = Forms.java(type);
        if (parameter.isPrimitive()) {
            String name = parameter.getName();
            if (name.equals(java)) {
                return code.value();
            } else if (java.equals("boolean")) {
                return "(" + name + ") (" + code.value() + " ? 1 : 0)";
            } else if (name.equals("boolean")) {
                return "(" + code.value() + " != 0)";
            }
            return "(" + name + ") " + (Forms.isPrimitive(type) ? code.value() : Forms.unbox(type, code.value()));
        }
        String value = strict ? Forms.box(type, code.value()) : object(type, code);
        return "(" + parameter.getCanonicalName() + ") " + value;
    }

    private static String object(DataType type, Code code) {
        if (code.neverNull()) {
            return "(Object) " + Forms.box(type, code.value());
        } else if (code.isNull().equals("true")) {
            return "(Object) null";
        }
        return "(" + code.isNull() + " ? (Object) null : (Object) " + Forms.box(type, code.value()) + ")";
    }

    private static String converted(Class<?> returned, DataType type, String result) {
        String java = Forms.java(type);
        String name = returned.getName();
        if (name.equals(java)) {
            return result;
        } else if (name.equals("boolean")) {
            return "(" + java + ") (" + result + " ? 1 : 0)";
        } else if (java.equals("boolean")) {
            return result + " != 0";
        }
        return "(" + java + ") " + result;
    }

    private static String boxed(Class<?> returned, String result) {
        return switch (returned.getName()) {
            case "boolean" -> "Boolean.valueOf(" + result + ")";
            case "long" -> "Long.valueOf(" + result + ")";
            case "float" -> "Float.valueOf(" + result + ")";
            case "double" -> "Double.valueOf(" + result + ")";
            default -> "Integer.valueOf(" + result + ")";
        };
    }

    /** Whether generated code can call the method by its name. */
    private static boolean nameable(Method method) {
        Class<?> owner = method.getDeclaringClass();
        for (Class<?> outer = owner; outer != null; outer = outer.getEnclosingClass()) {
            if (!Modifier.isPublic(outer.getModifiers())) {
                return false;
            }
        }
        if (owner.getCanonicalName() == null || owner.isHidden()) {
            return false;
        }
        try {
            return Class.forName(owner.getName(), false, CallCode.class.getClassLoader()) == owner;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
