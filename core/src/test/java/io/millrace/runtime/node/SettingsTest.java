// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.millrace.runtime.batch.PidSettings;
import io.millrace.runtime.driver.DriverSettings;
import io.millrace.runtime.driver.KeepSettings;
import io.millrace.runtime.executor.ExecutorSettings;
import io.millrace.runtime.executor.MalformedText;
import io.millrace.runtime.ingest.IngestSettings;
import io.millrace.runtime.ingest.LimitSettings;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long HEAP = 400 * 1024 * 1024;
    private static final int MEGABYTE = 1024 * 1024;

    private static Config config(String overrides) {
        return ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.defaultReference().getConfig("millrace"));
    }

    private static Settings parse(String overrides) {
        return Settings.parse(config(overrides), SECOND, 1, HEAP, 2);
    }

    @Test
    void theDefaultsAreThoseOfTheReference() {
        Settings settings = parse("");

        assertThat(settings.driver())
                .isEqualTo(new DriverSettings(
                        SECOND,
                        2,
                        4,
                        2,
                        Duration.ZERO,
                        Duration.ZERO,
                        false,
                        new PidSettings(false, 1.0, 0.2, 0.0, 100),
                        new KeepSettings(0, HEAP / 8)));
        assertThat(settings.executor()).isEqualTo(new ExecutorSettings(2, 2, 1, 4, MEGABYTE, MalformedText.REPLACE));
        assertThat(settings.ingest())
                .isEqualTo(new IngestSettings(
                        SECOND,
                        Duration.ofMillis(200),
                        1000 * 1024,
                        Integer.MAX_VALUE,
                        HEAP / 4,
                        2,
                        Duration.ofSeconds(5),
                        MEGABYTE,
                        LimitSettings.NONE));
        assertThat(settings.maxExecutorRestarts()).isEqualTo(10);
    }

    @Test
    void everyKeyOfTheReferenceIsReadOrIsTheDispatcher() {
        TreeSet<String> keys = new TreeSet<>();
        ConfigFactory.defaultReference().getConfig("millrace").entrySet().forEach(entry -> keys.add(entry.getKey()));
        keys.removeIf(key -> key.startsWith("dispatcher."));

        for (String key : keys) {
            assertThatThrownBy(() -> Settings.parse(config("").withoutPath(key), SECOND, 1, HEAP, 2))
                    .as("without %s", key)
                    .isInstanceOf(ConfigException.Missing.class)
                    .hasMessageContaining(key.substring(key.lastIndexOf('.') + 1));
        }
        assertThat(keys).contains("executors", "block.bytes", "text.malformed");
    }

    @Test
    void valuesAreTaken() {
        Settings settings = parse("executors = 3, slots = 4, partitions = 5, replication = 3, replication-timeout = 1s,"
                + " block { interval = 20ms, bytes = 64KiB, records = 10 }, max-outstanding-bytes = 8MiB,"
                + " text { max-line-bytes = 1000, malformed = dead-letter }, seal-timeout = 3s, stop-timeout = 4s,"
                + " stop-on-failed-batch = true,"
                + " max-executor-restarts = 0, block-tasks = 2, receiver { max-rate = 5000, max-bytes-rate = 2MiB },"
                + " keep { batches = 7, bytes = 3MiB },"
                + " backpressure { enabled = true, initial-rate = 700,"
                + " pid { proportional = 0.5, integral = 0.1, derived = 0.05, min-rate = 0.25 } }");

        assertThat(settings.driver())
                .isEqualTo(new DriverSettings(
                        SECOND,
                        3,
                        5,
                        3,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        true,
                        new PidSettings(true, 0.5, 0.1, 0.05, 0.25),
                        new KeepSettings(7, 3 * MEGABYTE)));
        assertThat(settings.executor()).isEqualTo(new ExecutorSettings(3, 4, 2, 5, 1000, MalformedText.DEAD_LETTER));
        assertThat(settings.ingest())
                .isEqualTo(new IngestSettings(
                        SECOND,
                        Duration.ofMillis(20),
                        64 * 1024,
                        10,
                        8L * MEGABYTE,
                        3,
                        Duration.ofSeconds(1),
                        1000,
                        new LimitSettings(5_000, 2L * MEGABYTE, 700, true)));
        assertThat(settings.maxExecutorRestarts()).isZero();
    }

    @Test
    void thereAreNoMoreTasksOnBlocksThanProcessorsUnlessTheyAreAskedFor() {
        assertThat(Settings.parse(config("slots = 4"), SECOND, 1, HEAP, 2)
                        .executor()
                        .blockTasks())
                .isEqualTo(1);
        assertThat(Settings.parse(config("slots = 4"), SECOND, 1, HEAP, 6)
                        .executor()
                        .blockTasks())
                .isEqualTo(3);
        assertThat(Settings.parse(config("slots = 4"), SECOND, 1, HEAP, 64)
                        .executor()
                        .blockTasks())
                .isEqualTo(4);
        assertThat(Settings.parse(config("slots = 4, block-tasks = 4"), SECOND, 1, HEAP, 2)
                        .executor()
                        .blockTasks())
                .isEqualTo(4);
        assertThatThrownBy(() -> parse("block-tasks = 3"))
                .hasMessage("millrace.block-tasks = 3 needs as many slots, but millrace.slots = 2");
    }

    @Test
    void aShortBatchIntervalShortensWhatBelongsToIt() {
        Settings settings = Settings.parse(config(""), Duration.ofMillis(10), 1, HEAP, 2);

        assertThat(settings.driver().sealTimeout(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.driver().sealTimeout(Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.driver().stopTimeout(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aLongBatchIntervalGivesAStopMoreTime() {
        assertThat(Settings.parse(config(""), Duration.ofMinutes(1), 1, HEAP, 2)
                        .driver()
                        .stopTimeout(Duration.ofMinutes(1)))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void receiversShareTheBoundOnOutstandingBytes() {
        Settings settings = Settings.parse(config("max-outstanding-bytes = 8MiB"), SECOND, 4, HEAP, 2);

        assertThat(settings.ingest().creditBytes()).isEqualTo(2L * MEGABYTE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            executors = 0                    | millrace.executors must be >= 1, but is 0
            slots = -1                       | millrace.slots must be >= 1, but is -1
            partitions = -1                  | millrace.partitions must be >= 0, but is -1
            replication = 0                  | millrace.replication must be >= 1, but is 0
            replication = 3                  | millrace.replication = 3 needs as many executors, but millrace.executors = 2
            replication-timeout = 0s         | millrace.replication-timeout must be > 0, but is PT0S
            block.interval = -1ms            | millrace.block.interval must be > 0, but is PT-0.001S
            block.bytes = 1023               | millrace.block.bytes must be 1024 to 1073741824 bytes, but is 1023
            block.bytes = 2GiB               | millrace.block.bytes must be 1024 to 1073741824 bytes, but is 2147483648
            block.records = -1               | millrace.block.records must be >= 0, but is -1
            text.max-line-bytes = 0          | millrace.text.max-line-bytes must be 1 to 1073741824 bytes, but is 0
            text.malformed = drop            | millrace.text.malformed must be replace, dead-letter or fail, but is drop
            seal-timeout = -1s               | millrace.seal-timeout must be >= 0, but is PT-1S
            stop-timeout = -1s               | millrace.stop-timeout must be >= 0, but is PT-1S
            max-executor-restarts = -1       | millrace.max-executor-restarts must be >= 0, but is -1
            receiver.max-rate = -1           | millrace.receiver.max-rate must be >= 0, but is -1
            backpressure.initial-rate = -1   | millrace.backpressure.initial-rate must be >= 0, but is -1
            backpressure.pid.proportional=-1 | millrace.backpressure.pid.proportional must be >= 0, but is -1.0
            backpressure.pid.min-rate = 0    | millrace.backpressure.pid.min-rate must be > 0, but is 0.0
            """)
    void aValueOutOfBoundsIsRefusedWithItsKeyAndItsBound(String override, String message) {
        assertThatThrownBy(() -> parse(override))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aBoundThatIsLessThanABlockEachIsRefused() {
        assertThatThrownBy(() -> Settings.parse(config("max-outstanding-bytes = 3MiB"), SECOND, 4, HEAP, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("millrace.max-outstanding-bytes = 3145728 gives each of 4 receivers less than a block of"
                        + " millrace.block.bytes = 1024000");
    }

    @Test
    void aValueOfAWrongKindIsRefusedWithItsKey() {
        assertThatThrownBy(() -> parse("executors = many"))
                .isInstanceOf(ConfigException.WrongType.class)
                .hasMessageContaining("executors");
    }
}
