// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private enum Colour {
        BLUE
    }

    private record Point(
            int x,
            List<Double> ys,
            Optional<Colour> colour,
            @Nullable String note) {}

    private static <T> String text(FileFormat<T> format, T record) {
        StringBuilder out = new StringBuilder();
        format.append(record, out);
        return out.toString();
    }

    @Test
    void writesOneLineOfTextPerRecord() {
        assertThat(text(TextFormat.lines(), Pair.of("blue", 5))).isEqualTo("(blue,5)\n");
        assertThat(text(TextFormat.lines(), "a\rb")).isEqualTo("a\rb\n");
        assertThatThrownBy(() -> text(TextFormat.lines(), "a\nb"))
                .hasMessage(
                        "a record of text files must be one line, but this one has a line feed at 1 of its 3 characters");
    }

    @Test
    void quotesFieldsAsInRfc4180() {
        CsvFormat<List<@Nullable Object>> format = CsvFormat.of(record -> record);

        assertThat(text(format, Arrays.asList("plain", 7, null, "", "a,b", "say \"no\"", "two\r\nlines")))
                .isEqualTo("plain,7,,\"\",\"a,b\",\"say \"\"no\"\"\",\"two\r\nlines\"\r\n");
        assertThat(text(format, Arrays.asList((Object) null))).isEqualTo("\"\"\r\n");
    }

    @Test
    void beginsCsvFilesWithTheNamesAndHoldsRecordsToTheirNumber() {
        CsvFormat<List<Object>> format =
                CsvFormat.<List<Object>>of(record -> record).names("word", "how many");

        assertThat(format.header()).isEqualTo("word,how many\r\n");
        assertThatThrownBy(() -> text(format, List.of("blue")))
                .hasMessage("a record of CSV files must have 2 fields, as there are names, but this one has 1");
        assertThatThrownBy(() -> text(CsvFormat.<List<Object>>of(record -> record), List.of()))
                .hasMessage("a record of CSV files must have fields, but this one has 0");
    }

    @Test
    void writesCsvThatIsReadBackAsItWas() {
        SplittableRandom random = new SplittableRandom(4180);
        String alphabet = "ab,\"\r\n ;\té";
        CsvFormat<List<String>> format = CsvFormat.of(record -> record);
        List<List<String>> records = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            List<String> record = new ArrayList<>();
            for (int field = 0; field < 3; field++) {
                StringBuilder value = new StringBuilder();
                for (int n = random.nextInt(6); n > 0; n--) {
                    value.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                record.add(value.toString());
            }
            records.add(record);
            format.append(record, out);
        }

        List<List<String>> read = new ArrayList<>();
        CsvReader.builder().ofCsvRecord(out.toString()).forEach(record -> read.add(record.getFields()));

        assertThat(read).isEqualTo(records);
    }

    @Test
    void writesRecordsMapsListsAndScalarsAsJson() {
        JsonLinesFormat<Object> format = JsonLinesFormat.of();
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, new BatchTime(1000));
        map.put("list", List.of(true, 'c', 1.5f, new BigDecimal("0.10")));
        map.put("bytes", new byte[] {1, 2, 3});
        map.put("ints", new int[] {1, 2});
        map.put("duration", Duration.ofSeconds(1));
        map.put("nan", Double.NaN);

        assertThat(text(format, new Point(1, List.of(0.5), Optional.of(Colour.BLUE), null)))
                .isEqualTo("{\"x\":1,\"ys\":[0.5],\"colour\":\"BLUE\",\"note\":null}\n");
        assertThat(text(format, Pair.of("blue", 5L))).isEqualTo("{\"key\":\"blue\",\"value\":5}\n");
        assertThat(text(format, "a \"quoted\"\nline")).isEqualTo("\"a \\\"quoted\\\"\\nline\"\n");
        assertThat(text(format, map))
                .isEqualTo("{\"1\":{\"millis\":1000},\"list\":[true,\"c\",1.5,0.10],\"bytes\":\"AQID\",\"ints\":[1,2],"
                        + "\"duration\":\"PT1S\",\"nan\":\"NaN\"}\n");
        assertThat(text(JsonLinesFormat.of((Thread thread) -> Map.of("name", "n")), new Thread()))
                .isEqualTo("{\"name\":\"n\"}\n");
    }

    @Test
    void refusesWhatHasNoFormInJson() {
        assertThatThrownBy(() -> text(JsonLinesFormat.of(), new Object()))
                .hasMessageContaining("a java.lang.Object has no form in JSON");
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatThrownBy(() -> text(JsonLinesFormat.of(), endless)).hasMessageContaining("nesting depth");
    }
}
