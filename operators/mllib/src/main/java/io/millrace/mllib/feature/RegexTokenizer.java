// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text where a regular expression matches ({@code gaps}, the default) or takes the matches themselves. The text
 * becomes lower case first ({@code toLowercase}, default true), words shorter than {@code minTokenLength} (1) are left
 * out. The pattern is {@code \s+} by default. As Spark's {@code RegexTokenizer}.
 */
public final class RegexTokenizer extends ColumnStage {

    private final Pattern pattern;
    private final boolean gaps;
    private final boolean toLowercase;
    private final int minTokenLength;

    public RegexTokenizer(Params params) {
        super(params);
        pattern = Pattern.compile(params.getString("pattern", "\\s+"));
        gaps = params.getBoolean("gaps", true);
        toLowercase = params.getBoolean("toLowercase", true);
        minTokenLength = params.getInt("minTokenLength", 1);
        if (minTokenLength < 0) {
            throw params.failure("minTokenLength", "is " + minTokenLength + ", must be at least 0");
        }
    }

    static RegexTokenizer load(SavedStage saved) {
        return new RegexTokenizer(saved.params());
    }

    @Override
    protected Field outputField(Field input) {
        if (!input.type().equals(DataType.STRING)) {
            throw new IllegalArgumentException("requirement failed: Input type must be string type but got "
                    + TypeNames.scala(input.type()) + ".");
        }
        return Field.of(outputCol(), DataType.arrayOf(DataType.STRING));
    }

    @Override
    protected String outputExists() {
        return "Output column " + outputCol() + " already exists.";
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return tokens((String)
                (toLowercase
                        ? NullInput.refuse(value, "String.toLowerCase()", "originStr")
                        : NullInput.refuse(value, "java.lang.CharSequence.length()", "this.text")));
    }

    /** The words of a text. */
    public List<String> tokens(String text) {
        String input = toLowercase ? text.toLowerCase(Locale.ROOT) : text;
        List<String> tokens = new ArrayList<>();
        if (gaps) {
            for (String token : pattern.split(input, 0)) {
                if (token.length() >= minTokenLength) {
                    tokens.add(token);
                }
            }
        } else {
            for (Matcher matcher = pattern.matcher(input); matcher.find(); ) {
                if (matcher.end() - matcher.start() >= minTokenLength) {
                    tokens.add(matcher.group());
                }
            }
        }
        return Collections.unmodifiableList(tokens);
    }
}
