// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.VersionInfo;
import io.millrace.mllib.model.PredictionModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Models that come into a directory are served when they are whole. */
class WatchedModelTest extends ServedModelFixture {

    private ServedModel<PredictionModel> watching() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(save("v1", 1));
        scored(served);
        served.watch(folder, Duration.ZERO);
        harness.start();
        harness.runBatches(2);
        return served;
    }

    @Test
    void aNewDirectoryIsInServiceAfterTwoLooksThatSawItAlike() throws IOException {
        watching();
        save("v2", 5);
        harness.runBatches(3);

        assertThat(harness.batches())
                .extracting(info -> info.versions().get(0).label())
                .containsExactly("v1", "v1", "v1", "v1", "v2");
        assertThat(news).containsExactly("model v2 from 5000 ms");
    }

    @Test
    void aDirectoryThatIsStillWrittenToIsWaitedFor() throws IOException {
        ServedModel<PredictionModel> served = watching();
        Path model = save("v2", 5);
        byte[] data = Files.readAllBytes(part(model, "data"));
        Files.write(part(model, "data"), new byte[] {'P', 'A'});
        harness.runBatch();
        Files.write(part(model, "data"), data);
        harness.runBatch();
        assertThat(served.inService()).isEqualTo("v1");
        harness.runBatch();

        assertThat(served.inService()).isEqualTo("v2");
        assertThat(refused).isEmpty();
    }

    @Test
    void whatSparkHasNotFinishedIsNotLoaded() throws IOException {
        ServedModel<PredictionModel> served = watching();
        Path model = save("v2", 5);
        Path unfinished = Files.createDirectories(model.resolve("data/_temporary/0"));
        Path bare = Files.createDirectories(folder.resolve("v3"));
        harness.runBatches(4);
        assertThat(served.inService()).isEqualTo("v1");

        Files.delete(unfinished);
        Files.delete(model.resolve("data/_temporary"));
        Files.delete(bare);
        harness.runBatches(2);
        assertThat(served.inService()).isEqualTo("v2");
    }

    @Test
    void aModelThatIsWrittenAnewIsLoadedAgain() throws IOException {
        ServedModel<PredictionModel> served = watching();
        save("v1", 9);
        harness.runBatches(3);

        assertThat(served.kept()).containsExactly("v1", "v1");
        assertThat(harness.batches().get(4).versions().get(0)).isEqualTo(new VersionInfo("model", 2, "v1"));
    }

    @Test
    void aDirectoryThatIsAModelItselfIsWatched() throws IOException {
        Path model = save("current", 1);
        ServedModel<PredictionModel> served = builder().serve(model);
        scored(served);
        served.watch(model, Duration.ZERO);
        harness.start();
        harness.runBatches(2);
        save("current", 2);
        harness.runBatches(3);

        assertThat(harness.batches().get(4).versions().get(0)).isEqualTo(new VersionInfo("model", 2, "current"));
    }

    @Test
    void ofSeveralTheOneWrittenLastIsInServiceInTheEnd() throws IOException {
        ServedModel<PredictionModel> served = watching();
        save("a", 7);
        save("b", 5);
        harness.runBatches(3);

        assertThat(version(4)).isEqualTo("a");
        assertThat(served.kept()).containsExactly("v1", "b", "a");
        assertThat(news).containsExactly("model a from 5000 ms");
    }

    @Test
    void aRefusedOneIsTriedAgainOnlyWhenItIsWrittenAnew() throws IOException {
        ServedModel<PredictionModel> served = watching();
        damage(save("v2", 5));
        harness.runBatches(6);
        assertThat(refused).hasSize(1);
        assertThat(served.inService()).isEqualTo("v1");

        save("v2", 6);
        harness.runBatches(2);
        assertThat(served.inService()).isEqualTo("v2");
        assertThat(refused).hasSize(1);
    }

    @Test
    void aVersionThatWasRolledBackStaysAway() throws IOException {
        ServedModel<PredictionModel> served = watching();
        save("v2", 5);
        harness.runBatches(3);
        served.rollBack();
        harness.runBatches(4);

        assertThat(served.inService()).isEqualTo("v1");
        assertThat(version(8)).isEqualTo("v1");
    }

    @Test
    void looksAreMadeNoMoreOftenThanAsked() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(save("v1", 1));
        scored(served);
        served.watch(folder, Duration.ofSeconds(10));
        harness.start();
        harness.runBatch();
        save("v2", 5);
        harness.runBatches(19);
        assertThat(served.inService()).as("looked at 1 s and 11 s").isEqualTo("v1");
        harness.runBatch();

        assertThat(served.inService()).as("looked at 21 s").isEqualTo("v2");
    }

    @Test
    void whatCannotBeWatchedIsSaidAtOnceAndADirectoryThatGoesAwayDoesNoHarm() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(save("in/v1", 1));
        assertThatThrownBy(() -> served.watch(folder.resolve("nowhere"), Duration.ZERO))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere cannot be watched");
        scored(served);
        served.watch(folder.resolve("in"), Duration.ZERO);
        harness.start();
        harness.runBatch();
        Files.move(folder.resolve("in"), folder.resolve("away"));
        harness.runBatches(3);
        Files.move(folder.resolve("away"), folder.resolve("in"));
        save("in/v2", 3);
        harness.runBatches(2);

        assertThat(served.inService()).isEqualTo("v2");
    }
}
