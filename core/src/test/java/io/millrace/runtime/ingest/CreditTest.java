// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CreditTest {

    @Test
    void itIsOpenUntilTheLimitIsReached() {
        Credit credit = new Credit(100);
        assertThat(credit.isOpen()).isTrue();

        credit.take(99);
        assertThat(credit.isOpen()).isTrue();

        credit.take(1);
        assertThat(credit.isOpen()).isFalse();
    }

    @Test
    void oneElementMayExceedTheLimitAndAllOfItCounts() {
        Credit credit = new Credit(100);
        credit.take(1_000);

        credit.give(900);
        assertThat(credit.isOpen()).isFalse();
        assertThat(credit.outstanding()).isEqualTo(100);

        credit.give(1);
        assertThat(credit.isOpen()).isTrue();
    }

    @Test
    void whatComesInIsAtRiskUntilItCounts() {
        Credit credit = new Credit(100);
        credit.begin(30);
        assertThat(credit.atRisk()).isZero();

        credit.take(50);
        credit.counted(20);
        assertThat(credit.atRisk()).isEqualTo(30);
        assertThat(credit.outstanding()).isEqualTo(80);

        credit.abandon(30);
        assertThat(credit.atRisk()).isZero();
        assertThat(credit.outstanding()).isEqualTo(50);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> new Credit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("credit must be > 0 bytes, but is 0");
    }

    @Test
    void whatManyThreadsTakeAndGiveAddsUp() throws Exception {
        Credit credit = new Credit(1_000);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(pool.submit(() -> {
                    for (int i = 1; i <= 10_000; i++) {
                        credit.take(i);
                        credit.give(i);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(credit.outstanding()).isZero();
    }
}
