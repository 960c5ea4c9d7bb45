// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.expression.library.Calls.fails;
import static io.millrace.table.expression.library.Calls.is;
import static io.millrace.table.expression.library.Calls.list;

import io.millrace.table.type.AtomicType;
import org.junit.jupiter.api.Test;

class StringFunctionsTest {

    private static final String MANY = "éÀ😀";

    @Test
    void changesCase() {
        is("éà😀", "lower", MANY);
        is("ÉÀ😀", "upper", MANY);
        is("HELLO", "ucase", "Hello");
        is(" A  B ", "initcap", " a  b ");
        is("Hello World", "initcap", "hELLO wORLD");
        is("", "upper", "");
        is(null, "lower", (Object) null);
    }

    @Test
    void trimsOnlyBlanksUnlessToldOtherwise() {
        is("a  b", "trim", " a  b ");
        is("\ta", "trim", " \ta ");
        is("a  b ", "ltrim", " a  b ");
        is(" a  b", "rtrim", " a  b ");
        is("😀", "btrim", "xy😀yx", "xy");
        is("x ", "ltrim", "ab", "aabx ");
        is("", "trim", "");
    }

    @Test
    void masksWithOneCharacterForEach() {
        is("XxxnnX-é".replace('é', 'x'), "mask", "Abc12D-é");
        is("QxxnnQ-x", "mask", "Abc12D-é", "Q");
        is("QqqddQoq", "mask", "Abc12D-é", "Q", "q", "d", "o");
        is("Abc12D-é", "mask", "Abc12D-é", null, null, null, null);
        is(null, "mask", null, "Q", "q");
        fails("DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE", "mask", "Abc", "QQ");
        fails("DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE", "mask", "Abc", "Q", "");
    }

    @Test
    void likeEscapesWithOneCharacter() {
        is(true, "like", "a%b", "a#%b", "#");
        is(false, "like", "axb", "a#%b", "#");
        is(true, "ilike", "A😀", "a😀😀", "😀");
        is(null, "like", "a", null, "#");
        fails("INVALID_ESC", "like", "a", "a", "");
        fails("INVALID_ESC", "ilike", "a", "a", "##");
    }

    @Test
    void padsByCodePoints() {
        is("**éÀ😀", "lpad", MANY, 5, "*");
        is(MANY, "rpad", MANY, 3, "*");
        is("gre", "rpad", "green", 3, "*");
        is("*****", "lpad", "", 5, "*");
        is("xyxa", "lpad", "a", 4, "xy");
        is("a   ", "rpad", "a", 4);
        is("a", "lpad", "a", 4, "");
        is("", "lpad", "a", -1, "x");
    }

    @Test
    void countsCodePoints() {
        is(3, "length", MANY);
        is(8, "octet_length", MANY);
        is(64, "bit_length", MANY);
        is(0, "char_length", "");
        is(2, "length", new byte[2]);
    }

    @Test
    void takesParts() {
        is("Hel", "substring", "Hello World", 1, 3);
        is("Hel", "substring", "Hello World", 0, 3);
        is("rl", "substring", "Hello World", -3, 2);
        is("lo World", "substring", "Hello World", 4);
        is("éÀ", "substring", MANY, -3, 2);
        is("", "substring", MANY, 4);
        is("", "substring", MANY, 2, -1);
        is("a", "substr", "abc", -5, 3);
        is("bc", "substr", "abc", 2, Integer.MAX_VALUE);
        is("éÀ", "left", MANY, 2);
        is("À😀", "right", MANY, 2);
        is("", "right", MANY, 0);
        is("", "left", MANY, -1);
        is(MANY, "right", MANY, 9);
    }

    @Test
    void findsAndReplaces() {
        is(5, "instr", " a  b ", "b");
        is(3, "instr", MANY, "😀");
        is(0, "instr", MANY, "x");
        is(1, "instr", MANY, "");
        is(3, "locate", "e", "green green ", 3);
        is(0, "locate", "e", "Hello", 3);
        is(0, "position", "e", "Hello", 0);
        is("H3llo", "replace", "Hello", "e", "3");
        is("Hello", "replace", "Hello", "", "3");
        is(" A  B ", "translate", " a  b ", "abc", "AB");
        is("😀", "translate", "é", "é", "😀");
        is(true, "startswith", "Hello", "He");
        is(true, "endswith", MANY, "😀");
        is(false, "contains", "a", "ab");
        is(true, "contains", "a", "");
        is("Spark_SQL", "overlay", "Spark SQL", "_", 6);
        is("Spark ANSI SQL", "overlay", "Spark SQL", "ANSI ", 7, 0);
        is("Structured SQL", "overlay", "Spark SQL", "tructured", 2, 4);
    }

    @Test
    void cutsAtSeparators() {
        is("Hello", "substring_index", "Hello World", " ", 1);
        is("b.c", "substring_index", "a.b.c", ".", -2);
        is("a.b.c", "substring_index", "a.b.c", ".", 9);
        is("", "substring_index", "a.b.c", ".", 0);
        is("b", "split_part", "a.b.c", ".", 2);
        is("c", "split_part", "a.b.c", ".", -1);
        is("", "split_part", "a.b.c", ".", 4);
        is("", "split_part", "a.b.c", ".", -4);
        fails("INVALID_INDEX_OF_ZERO", "split_part", "a", ".", 0);
        is(3, "find_in_set", "ab", "abc,b,ab,c,def");
    }

    @Test
    void knowsCharactersAndLikeness() {
        is(233, "ascii", MANY);
        is(0, "ascii", "");
        is("A", "chr", 65L);
        is("A", "char", 321L);
        is("", "chr", -1L);
        is("M460", "soundex", "Miller");
        is("R163", "soundex", "Robert");
        is("A261", "soundex", "Ashcraft");
        is("1x", "soundex", "1x");
        is(3, "levenshtein", "kitten", "sitting");
        is(-1, "levenshtein", "kitten", "sitting", 2);
        is(1, "levenshtein", MANY, "éÀx");
    }

    @Test
    void concatenates() {
        is("x-y", "concat", "x", "-", "y");
        is(null, "concat", "x", null);
        is("", "concat");
        is("x1", "concat", "x", 1);
        is("xy", "||", "x", "y");
        is("x-y", "concat_ws", "-", "x", null, "y");
        is("", "concat_ws", "-", null, null);
        is(null, "concat_ws", null, "x");
        is("1-a-b", "concat_ws", "-", 1, Calls.array(AtomicType.STRING, "a", null, "b"));
        is("😀Àé", "reverse", MANY);
        is("abab", "repeat", "ab", 2);
        is("", "repeat", "ab", -1);
        fails("COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION", "repeat", "ab", 1_500_000_000);
        fails("COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION", "lpad", "a", Integer.MAX_VALUE, "😀xyz");
        is("   ", "space", 3);
    }

    @Test
    void splitsWithTheEmptyPartsAtTheEnd() {
        is(list("Hello", "World"), "split", "Hello World", " ");
        is(list(""), "split", "", " ");
        is(list("", "a", "", "b", ""), "split", " a  b ", " ");
        is(list(" ", "  ", " "), "split", " a  b ", "[ab]");
        is(list("", "a  b "), "split", " a  b ", " ", 2);
        is(list("é", "À", "😀"), "split", MANY, "");
        is(list("a.b"), "split", "a.b", ".", 1);
        is(null, "split", null, " ");
    }

    @Test
    void matchesRegularExpressions() {
        is(true, "rlike", "Hello", "^[A-Z]");
        is("H*ll*", "regexp_replace", "Hello", "[aeiou]", "*");
        is("num-num", "regexp_replace", "100-200", "(\\d+)", "num");
        is("Hell*", "regexp_replace", "Hello", "[aeiou]", "*", 3);
        is("ello", "regexp_extract", "Hello", "([a-z]+)", 1);
        is("", "regexp_extract", "Hello", "([0-9]+)", 1);
        is(list("100", "300"), "regexp_extract_all", "100-200, 300-400", "(\\d+)-(\\d+)", 1);
        is(2, "regexp_count", "a1b2", "\\d");
        is("1", "regexp_substr", "a1b2", "\\d");
        is(null, "regexp_substr", "ab", "\\d");
        is(4, "regexp_instr", "éÀ😀1", "\\d");
        fails("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", "regexp_extract", "a", "a", 1);
        fails("INVALID_PARAMETER_VALUE.PATTERN", "rlike", "a", "(");
    }

    @Test
    void matchesLike() {
        is(true, "like", "a%b_c", "a\\%b\\_c");
        is(false, "like", "axb_c", "a\\%b\\_c");
        is(true, "like", "😀ello\nx", "_ello%");
        is(true, "ilike", "green", "%GREEN%");
        is(true, "like", "a%", "a/%", "/");
        is(null, "like", null, "a");
        fails("INVALID_FORMAT.ESC_IN_THE_MIDDLE", "like", "a", "\\a");
        fails("INVALID_FORMAT.ESC_AT_THE_END", "like", "a", "a\\");
    }

    @Test
    void namesWhatIsWrongWithACall() {
        fails("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "lower");
        fails("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "concat_ws");
        fails("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "lower", Calls.array(AtomicType.INT, 1));
    }
}
