// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import java.util.EnumMap;
import java.util.HashSet;
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
        assertThat(new NexmarkEvents(7, 1_000).bid(4_711)).isEqualTo(events.bid(4_711));
        assertThat(new NexmarkEvents(8, 1_000).bid(4_711)).isNotEqualTo(events.bid(4_711));
        assertThat(events.bid(4_712)).isNotEqualTo(events.bid(4_711));
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
