// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import java.util.List;
import java.util.function.Consumer;

/** All families of this package together. */
public final class SparkLibrary implements FunctionLibrary {

    private static final List<FunctionLibrary> FAMILIES = List.of(
            new StringFunctions(),
            new TextFunctions(),
            new ConcatFunctions(),
            new RegexFunctions(),
            new MathFunctions(),
            new NumberFunctions(),
            new BitFunctions(),
            new ConditionalFunctions(),
            new DateFunctions(),
            new TimeFunctions(),
            new FormatFunctions(),
            new NumberFormatFunctions(),
            new CheckFunctions(),
            new PartFunctions(),
            new ArrayFunctions(),
            new ArraySetFunctions(),
            new LambdaFunctions(),
            new SequenceFunctions(),
            new ElementFunctions(),
            new MapFunctions(),
            new StructFunctions(),
            new HashFunctions(),
            new EncodingFunctions(),
            new UrlFunctions(),
            new JsonFunctions(),
            new CsvFunctions());

    @Override
    public void register(Consumer<ScalarFunction> to) {
        FAMILIES.forEach(family -> family.register(to));
    }
}
