// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.VersionInfo;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A candidate scores beside the model in service, and is promoted or withdrawn. */
class ShadowedModelTest extends ServedModelFixture {

    @Test
    void aCandidateScoresTheSameRecordsAndTouchesNothing() {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        CollectedOutput<Pair<Double, Double>> out = scored(served);
        CollectedOutput<ShadowReport> collected =
                harness.collect(served.shadow(numbers, (model, record) -> model.predict(Times.vector(record))));
        harness.start();
        run(1.0, 2.0);
        assertThat(reports).isEmpty();
        var first = served.propose(new Times(3), "three").toCompletableFuture();
        assertThat(served.candidate()).contains("three");
        run(0.0, 1.0, 2.0, 5.0);

        assertThat(first).isCompletedWithValue(new BatchTime(2000));
        assertThat(out.at(2000)).extracting(Pair::value).containsExactly(0.0, 2.0, 4.0, 10.0);
        assertThat(reports).isEqualTo(collected.all()).hasSize(1);
        ShadowReport report = reports.get(0);
        assertThat(report.batch()).isEqualTo(new BatchTime(2000));
        assertThat(List.of(report.model(), report.served(), report.candidate()))
                .containsExactly("model", "two", "three");
        assertThat(report.records()).isEqualTo(4);
        assertThat(report.differing()).isEqualTo(3);
        assertThat(report.share()).isEqualTo(0.75);
        assertThat(report.maxDifference()).isEqualTo(5.0);
        assertThat(report.meanDifference()).isEqualTo(2.0);
        assertThat(report.first())
                .containsExactly(
                        new ShadowReport.Example(1.0, 2.0, 3.0),
                        new ShadowReport.Example(2.0, 4.0, 6.0),
                        new ShadowReport.Example(5.0, 10.0, 15.0));
    }

    @Test
    void aJobWithACheckpointHasReportsToo() {
        try (BatchHarness durable = BatchHarness.builder("durable")
                .checkpoint(new FileLogStorage(folder.resolve("checkpoint")))
                .build()) {
            ScriptedInput<Double> some = durable.input();
            ServedModel<PredictionModel> served = ServedModel.builder(durable.context(), "model", PredictionModel.class)
                    .listener(listener)
                    .serve(new Times(2), "two");
            served.shadow(durable.stream(some), (model, number) -> model.predict(Times.vector(number)));
            durable.start();
            served.propose(new Times(3), "three");
            some.add(1.0, 0.0);
            durable.runBatch();

            assertThat(durable.batches().get(0).succeeded()).isTrue();
            assertThat(reports).extracting(ShadowReport::differing).containsExactly(1L);
        }
    }

    @Test
    void aBatchOfSeveralExecutorsHasOneReport() {
        try (BatchHarness large =
                BatchHarness.builder("large").set("block.records", 50).build()) {
            ScriptedInput<Double> one = large.input();
            ScriptedInput<Double> two = large.input();
            ServedModel<PredictionModel> served = ServedModel.builder(large.context(), "model", PredictionModel.class)
                    .listener(listener)
                    .serve(new Times(2), "two");
            served.shadow(
                    large.stream(one, 0).union(large.stream(two, 1)),
                    (model, record) -> model.predict(Times.vector(record)));
            served.propose(new Times(3), "three");
            large.start();
            for (int i = 0; i < 10_000; i++) {
                one.add((double) i);
                two.add(-(double) i);
            }
            large.runBatch();
        }

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).records()).isEqualTo(20_000);
        assertThat(reports.get(0).differing()).isEqualTo(19_998);
        assertThat(reports.get(0).maxDifference()).isEqualTo(9_999);
        assertThat(reports.get(0).meanDifference()).isEqualTo(4_999.5);
    }

    @Test
    void aCandidateThatFailsIsCountedAndOnlyAFewExamplesAreNamed() {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        scored(served);
        served.shadow(numbers, (model, record) -> {
            if (record == 13 && model.predict(Times.vector(1)) == 3) {
                throw new IllegalStateException("no");
            }
            return model.predict(Times.vector(record));
        });
        harness.start();
        served.propose(new Times(3), "three");
        run(13.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, Double.NaN);

        ShadowReport report = reports.get(0);
        assertThat(report.records()).isEqualTo(8);
        assertThat(report.differing()).as("not-a-number is the same to both").isEqualTo(7);
        assertThat(report.candidateFailures()).isEqualTo(1);
        assertThat(report.servedFailures()).isZero();
        assertThat(report.meanDifference()).isEqualTo(1.0);
        assertThat(report.first()).hasSize(ShadowReport.EXAMPLES);
        assertThat(harness.events().failures()).isEmpty();
    }

    @Test
    void aCandidateIsPromotedOrWithdrawn() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        CollectedOutput<Pair<Double, Double>> out = scored(served);
        served.shadow(numbers, (model, record) -> model.predict(Times.vector(record)));
        harness.start();
        assertThatThrownBy(served::promote)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no candidate for model to promote");
        served.propose(new Times(3), "three");
        run(1.0);
        served.promote();
        assertThat(served.candidate()).isEmpty();
        run(1.0);
        served.propose(new Times(4), "four");
        run(1.0);
        served.withdraw();
        run(1.0);
        served.rollBack();
        run(1.0);

        assertThat(out.all()).extracting(Pair::value).containsExactly(2.0, 3.0, 3.0, 3.0, 2.0);
        assertThat(reports).extracting(ShadowReport::candidate).containsExactly("three", "four");
        assertThat(harness.batches().get(2).versions())
                .extracting(VersionInfo::label)
                .containsExactly("three", "four");
        Path damaged = save("damaged", 1);
        damage(damaged);
        served.propose(damaged);
        assertThat(served.candidate()).isEmpty();
        assertThat(refused).extracting(RefusedModel::version).containsExactly("damaged");
    }
}
