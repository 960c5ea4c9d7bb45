// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Decimals;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.Methods;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code + - * / % div unary-}, and their {@code try_} forms. */
public final class ArithmeticFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> functions) {
        both(functions, "+", "try_add", arguments -> exact("+", "add", arguments));
        both(functions, "-", "try_subtract", arguments -> exact("-", "subtract", arguments));
        both(functions, "*", "try_multiply", arguments -> exact("*", "multiply", arguments));
        both(functions, "/", "try_divide", ArithmeticFunctions::divide);
        both(functions, "%", "try_mod", ArithmeticFunctions::remainder);
        functions.accept(Operator.of("mod", 2, ArithmeticFunctions::remainder));
        functions.accept(Operator.of("div", 2, ArithmeticFunctions::wholeQuotient));
        functions.accept(Operator.of("unary-", 1, ArithmeticFunctions::negate));
        functions.accept(Operator.of("negative", 1, ArithmeticFunctions::negate));
    }

    private static void both(
            Consumer<ScalarFunction> functions, String sign, String attempt, Operator.Binding binding) {
        functions.accept(Operator.of(sign, 2, binding));
        functions.accept(Operator.of(attempt, 2, arguments -> Attempt.of(attempt, binding.bind(arguments))));
    }

    private static BoundFunction exact(String sign, String method, List<Expression> arguments) {
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        Optional<BoundFunction> time = TimeFunctions.bind(sign, left, right);
        if (time.isPresent()) {
            return time.get();
        }
        DataType type = numbers(sign, left, right);
        if (type instanceof DecimalType) {
            DecimalType one = Decimals.ofOperand(arguments.get(0));
            DecimalType other = Decimals.ofOperand(arguments.get(1));
            DecimalType result = sign.equals("*") ? Decimals.product(one, other) : Decimals.sum(one, other);
            return decimals(sign, one, other, result, result, method);
        }
        return Methods.strict(sign, List.of(type, type), type, Arithmetic.class, method + form(type));
    }

    private static BoundFunction divide(List<Expression> arguments) {
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        Optional<BoundFunction> time = TimeFunctions.bind("/", left, right);
        if (time.isPresent()) {
            return time.get();
        }
        if (numbers("/", left, right) instanceof DecimalType) {
            DecimalType one = Decimals.ofOperand(arguments.get(0));
            DecimalType other = Decimals.ofOperand(arguments.get(1));
            DecimalType result = Decimals.quotient(one, other);
            return decimals("/", one, other, result, result, "divide");
        }
        boolean text = left == AtomicType.STRING || right == AtomicType.STRING;
        if (text && (ImplicitCasts.isWhole(left) || ImplicitCasts.isWhole(right))) {
            // the text must be a whole number, too
            DataType whole = AtomicType.LONG;
            return Methods.strict("/", List.of(whole, whole), AtomicType.DOUBLE, Arithmetic.class, "divideWhole");
        }
        DataType type = AtomicType.DOUBLE;
        return Methods.strict("/", List.of(type, type), type, Arithmetic.class, "divideDouble");
    }

    private static BoundFunction remainder(List<Expression> arguments) {
        DataType type = numbers("%", arguments.get(0).type(), arguments.get(1).type());
        if (type instanceof DecimalType) {
            DecimalType one = Decimals.ofOperand(arguments.get(0));
            DecimalType other = Decimals.ofOperand(arguments.get(1));
            DecimalType result = Decimals.remainder(one, other);
            return decimals("%", one, other, result, result, "remainder");
        }
        String form = form(type);
        String method = form.equals("Byte") || form.equals("Short") ? "remainderInt" : "remainder" + form;
        return Methods.strict("%", List.of(type, type), type, Arithmetic.class, method);
    }

    private static BoundFunction wholeQuotient(List<Expression> arguments) {
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        if (left == AtomicType.DAY_TIME_INTERVAL && right == left) {
            return Methods.strict("div", List.of(left, right), AtomicType.LONG, TimeArithmetic.class, "divIntervals");
        }
        DataType type = numbers("div", left, right);
        if (type instanceof DecimalType) {
            DecimalType one = Decimals.ofOperand(arguments.get(0));
            DecimalType other = Decimals.ofOperand(arguments.get(1));
            return decimals("div", one, other, one, AtomicType.LONG, "div");
        } else if (!ImplicitCasts.isWhole(type)) {
            throw Failures.operands("div", left, right);
        }
        type = AtomicType.LONG;
        return Methods.strict("div", List.of(type, type), type, Arithmetic.class, "divLong");
    }

    private static BoundFunction negate(List<Expression> arguments) {
        DataType given = arguments.get(0).type();
        DataType type = given == AtomicType.STRING || given == AtomicType.NULL ? AtomicType.DOUBLE : given;
        if (type instanceof DecimalType decimal) {
            return Methods.strict(
                    "unary-", List.of(type), type, new DecimalArithmetic(decimal), DecimalArithmetic.class, "negate");
        } else if (type == AtomicType.DAY_TIME_INTERVAL) {
            return Methods.strict("unary-", List.of(type), type, Arithmetic.class, "negateLong");
        } else if (type == AtomicType.YEAR_MONTH_INTERVAL) {
            return Methods.strict("unary-", List.of(type), type, Arithmetic.class, "negateInt");
        } else if (!ImplicitCasts.isNumber(type)) {
            throw Failures.unexpectedType("unary-", 0, "a number or an interval", type);
        }
        return Methods.strict("unary-", List.of(type), type, Arithmetic.class, "negate" + form(type));
    }

    private static BoundFunction decimals(
            String sign, DecimalType left, DecimalType right, DecimalType in, DataType type, String method) {
        return Methods.strict(
                sign, List.of(left, right), type, new DecimalArithmetic(in), DecimalArithmetic.class, method);
    }

    /** The type in which two operands are reckoned with. */
    private static DataType numbers(String sign, DataType left, DataType right) {
        if (isInterval(left) != isInterval(right) || (isInterval(left) && (left != right || !sign.equals("-")))) {
            boolean sum = sign.equals("+") || sign.equals("-");
            boolean other = sum ? left != AtomicType.STRING && right != AtomicType.STRING : isInterval(left);
            boolean mixed = sign.equals("-") && left == AtomicType.DAY_TIME_INTERVAL && isInterval(right);
            boolean subtracted = sign.equals("-") && isInterval(right) && isTime(left);
            throw sign.equals("div") || mixed || subtracted || (!other && !sign.equals("*"))
                    ? Failures.differingTypes(sign, left, right)
                    : Failures.unexpectedType(sign, 1, "what goes with an interval", isInterval(left) ? right : left);
        } else if (sign.equals("+") && (left == AtomicType.DATE || right == AtomicType.DATE)) {
            throw Failures.unexpectedType(sign, 1, "a whole number", left == AtomicType.DATE ? right : left);
        } else if (sign.equals("-") && isTime(left) != isTime(right) && left != AtomicType.STRING) {
            throw Failures.unexpectedType(sign, 0, "a number, a time or an interval", left);
        } else if (left == AtomicType.STRING && right == AtomicType.STRING) {
            throw Failures.operands(sign, left, right);
        }
        DataType one = left == AtomicType.STRING && !ImplicitCasts.isNumber(right) ? AtomicType.DOUBLE : left;
        DataType other = right == AtomicType.STRING && !ImplicitCasts.isNumber(left) ? AtomicType.DOUBLE : right;
        DataType type = isTime(left) || isTime(right)
                ? AtomicType.DATE
                : ImplicitCasts.common(one, other).orElse(AtomicType.DATE);
        if (type == AtomicType.NULL) {
            return AtomicType.DOUBLE;
        } else if (!ImplicitCasts.isNumber(type)) {
            throw Failures.operands(sign, left, right);
        }
        return type;
    }

    private static boolean isInterval(DataType type) {
        return type == AtomicType.DAY_TIME_INTERVAL || type == AtomicType.YEAR_MONTH_INTERVAL;
    }

    private static boolean isTime(DataType type) {
        return type == AtomicType.DATE || type == AtomicType.TIMESTAMP;
    }

    private static String form(DataType type) {
        return switch ((AtomicType) type) {
            case BYTE -> "Byte";
            case SHORT -> "Short";
            case INT -> "Int";
            case LONG -> "Long";
            case FLOAT -> "Float";
            default -> "Double";
        };
    }
}
