// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NexmarkEventsTest {

    private final NexmarkEvents events = new NexmarkEvents(7, 1_000);

    @Test
    void ofFiftyEventsOneIsAPersonAndThreeAreAuctions() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (long event = 0; event < 5_000; event++) {
            counts.merge(NexmarkEvents.kind(event), 1, Integer::sum);
        }

        assertThat(counts)
                .containsEntry(Kind.PERSON, 100)
                .containsEntry(Kind.AUCTION, 300)
                .containsEntry(Kind.BID, 4_600);
    }

    @Test
    void eventsOfAKindAreFoundByTheirNumberAmongThem() {
        Map<Kind, Long> next = new EnumMap<>(Kind.class);
        for (long event = 0; event < 500; event++) {
            Kind kind = NexmarkEvents.kind(event);
            long n = next.merge(kind, 1L, Long::sum) - 1;

            assertThat(NexmarkEvents.nth(kind, n)).isEqualTo(event);
        }
    }

    @Test
    void whatIsReferredToWasThereBefore() {
        Set<Long> people = new HashSet<>();
        Set<Long> auctions = new HashSet<>();
        for (long event = 0; event < 20_000; event++) {
            switch (NexmarkEvents.kind(event)) {
                case PERSON -> assertThat(people.add(events.person(event).id())).isTrue();
                case AUCTION -> {
                    Auction auction = events.auction(event);
                    assertThat(auctions.add(auction.id())).isTrue();
                    assertThat(people).contains(auction.seller());
                    assertThat(auction.expiresMicros()).isGreaterThan(auction.micros());
                }
                case BID -> {
                    Bid bid = events.bid(event);
                    assertThat(auctions).contains(bid.auction());
                    assertThat(people).contains(bid.bidder());
                }
            }
        }
    }

    @Test
    void theSeedAndTheNumberSayWhatAnEventIs() {
        for (Kind kind : Kind.values()) {
            long event = NexmarkEvents.nth(kind, 4_711);
            long next = NexmarkEvents.nth(kind, 4_712);
            List<Object> row = NexmarkRows.values(events, kind, event);

            assertThat(NexmarkRows.values(new NexmarkEvents(7, 1_000), kind, event))
                    .isEqualTo(row);
            assertThat(NexmarkRows.values(new NexmarkEvents(8, 1_000), kind, event))
                    .isNotEqualTo(row);
            assertThat(NexmarkRows.values(events, kind, next)).isNotEqualTo(row);
        }
    }

    @Test
    void columnsHaveWhatRowsHaveAndOnlyThoseAskedForAreMade() {
        for (Kind kind : Kind.values()) {
            NexmarkBatches all = NexmarkBatches.of(events, kind);
            ColumnBatch batch = all.of(30, 130);
            List<List<Object>> rows = new ArrayList<>();
            for (long event = 30; event < 130; event++) {
                if (NexmarkEvents.kind(event) == kind) {
                    rows.add(NexmarkRows.values(events, kind, event));
                }
            }

            assertThat(RowForm.rows(batch))
                    .isEqualTo(rows.stream()
                            .map(row -> Row.of(batch.schema(), row))
                            .toList());

            List<Integer> some = List.of(0, 5, batch.schema().size() - 1);
            ColumnBatch selected = all.select(some, batch.schema().select(some)).of(30, 130);
            assertThat(selected.columns()).hasSize(3);
            assertThat(RowForm.rows(selected))
                    .isEqualTo(RowForm.rows(
                            batch.project(new int[] {0, 5, batch.schema().size() - 1}, selected.schema())));
        }
    }

    @Test
    void aThousandEventsMakeASecond() {
        assertThat(events.micros(3_000) - events.micros(1_000)).isEqualTo(2_000_000);
    }

    @Test
    void halfOfTheBidsAreForHotAuctions() {
        long hot = 0;
        for (long event = 49; event < 100_000; event += 50) {
            hot += (events.bid(event).auction() - 1_000) % 100 == 0 ? 1 : 0;
        }

        assertThat(hot).isBetween(900L, 1_200L);
    }
}
