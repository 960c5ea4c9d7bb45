// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a few bytes must not make of the footer, the page headers and the levels. */
class FooterTest {

    private static final LoadLimits LIMITS = LoadLimits.defaults();

    /** Field 2, a list of one struct: the group of all fields, named s, of so many fields. */
    private static final int[] ROOT = {0x48, 1, 's', 0x15, 2, 0};

    @Test
    void refusesLengthsThatAreNotThere() {
        assertThatThrownBy(() -> footer(0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 7, 0))
                .isInstanceOf(IOException.class)
                .hasMessage("a list of 2147483647 elements in the footer, which has 1 bytes left");
        // a name of 2 GB, and a field nobody knows with a map of a billion
        assertThatThrownBy(() -> footer(0x29, 0x1c, 0x48, 0xff, 0xff, 0xff, 0xff, 7, 0))
                .hasMessageStartingWith("the footer ends 2147483646 bytes early");
        assertThatThrownBy(() -> footer(0xeb, 0x80, 0x94, 0xeb, 0xdc, 3, 0x55, 0))
                .hasMessageStartingWith("a list of 1000000000 elements in the footer");
        assertThatThrownBy(() -> footer(0x29, 0x18, 1, 'a', 0))
                .hasMessage("a list of type 8 in the footer where 12 belongs");
        assertThatThrownBy(() -> footer(0x28, 1, 'a', 0)).hasMessage("type 8 in the footer where 9 belongs");
    }

    @Test
    void refusesNestingBeyondTheLimit() {
        int[] lists = new int[100];
        Arrays.fill(lists, 0x19);
        lists[0] = 0xe9;
        assertThatThrownBy(() -> footer(lists)).hasMessage("structs nested deeper than 32 in the footer");
        ByteArrayOutputStream schema = new ByteArrayOutputStream();
        schema.write(0x29);
        schema.write(0xfc);
        schema.write(100);
        for (int i = 0; i < 100; i++) {
            for (int part : ROOT) {
                schema.write(part);
            }
        }
        schema.write(0);
        assertThatThrownBy(() -> Footer.read("f", file(schema.toByteArray()), LIMITS))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("f: types nested deeper than 32");
    }

    @Test
    void refusesASchemaOfOtherThanItsFields() {
        assertThatThrownBy(() -> footer(0x29, 0x1c, 0x48, 1, 's', 0x15, 4, 0, 0))
                .hasMessage("a schema of more than its 1 fields in the footer");
        assertThatThrownBy(() -> footer(0)).hasMessage("no schema in the footer");
        assertThatThrownBy(() -> footer(0x29, 0x2c, 0x48, 1, 's', 0x15, 0, 0, 0x48, 1, 't', 0, 0))
                .hasMessage("2 fields in the footer, of which the schema has 1");
    }

    @Test
    void readsRunsAsTheyAreAskedForAndNoFurther() throws IOException {
        // 2^30 times the value 1, in 6 bytes; then nothing
        RunReader repeated = runs(1, 0x80, 0x80, 0x80, 0x80, 8, 1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(repeated.next()).isEqualTo(1);
        }
        RunReader packed = runs(3, 3, 0x88, 0xc6, 0xfa, 4, 5);
        int[] values = new int[10];
        for (int i = 0; i < values.length; i++) {
            values[i] = packed.next();
        }
        assertThat(values).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 5, 5);
        assertThatThrownBy(packed::next).hasMessage("f: column a has a page that ends early");
        assertThatThrownBy(runs(3, 0, 0)::next).hasMessage("f: column a has a page with a run of no values");
        assertThatThrownBy(runs(3, 0xff, 0xff, 0xff, 0xff, 0xff, 1)::next)
                .hasMessage("f: column a has a page with a length of more than 32 bits");
        assertThatThrownBy(() -> runs(33, 2, 0)).hasMessage("f: column a has a page with values of 33 bits");
    }

    private static RunReader runs(int width, int... numbers) throws IOException {
        ParquetField field = new ParquetField(
                "a", "a", ParquetField.OPTIONAL, ParquetField.INT32, ParquetField.PLAIN, 1, 0, 0, 1, List.of());
        Footer.Chunk chunk = new Footer.Chunk("a", ParquetField.INT32, 0, 0, 0, 0, false);
        byte[] bytes = bytes(numbers);
        return new RunReader(new ColumnPages("f", bytes, field, chunk, 1_000), bytes, 0, bytes.length, width);
    }

    private static Footer footer(int... numbers) throws IOException {
        return Footer.read("f", file(bytes(numbers)), LIMITS);
    }

    private static byte[] file(byte[] footer) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {'P', 'A', 'R', '1'});
        file.writeBytes(footer);
        file.writeBytes(new byte[] {(byte) footer.length, (byte) (footer.length >> 8), 0, 0, 'P', 'A', 'R', '1'});
        return file.toByteArray();
    }

    private static byte[] bytes(int... numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers[i];
        }
        return bytes;
    }
}
