// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.key.MapWithStateOperator;
import io.millrace.operator.key.MappedValues;
import io.millrace.operator.key.StateSnapshots;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The mapped values of {@link PairDStream#mapWithState}, and the way to the state behind them.
 *
 * @param <K> keys
 * @param <S> state per key
 * @param <M> mapped values
 */
public final class MapWithStateDStream<K, S, M> extends DStream<M> {

    private final DStream<Object> emitted;
    private @Nullable PairDStream<K, S> snapshots;

    private MapWithStateDStream(DStream<Object> emitted, DStream<M> mapped) {
        super(mapped.graph(), mapped.node(), mapped.slide());
        this.emitted = emitted;
    }

    static <K, S, M> MapWithStateDStream<K, S, M> of(DStream<Object> emitted) {
        return new MapWithStateDStream<>(emitted, emitted.apply(new MappedValues<M>()));
    }

    /**
     * All keys and states after each batch, whether it had records for them or not; costs what there is of them. A second stream of
     * the same operator: the state is kept once.
     */
    public PairDStream<K, S> stateSnapshots() {
        if (snapshots == null) {
            graph().replace(emitted.node(), operator().withSnapshots());
            snapshots = new PairDStream<>(emitted.apply(new StateSnapshots<K, S>()));
        }
        return snapshots;
    }

    /**
     * How often keys time out under {@link StateSpec#sparkTimeouts()}, which is when Spark writes a checkpoint; of no meaning
     * otherwise.
     *
     * @param interval a multiple of this stream's slide, which is checked at the start
     */
    @Override
    public MapWithStateDStream<K, S, M> checkpoint(Duration interval) {
        super.checkpoint(interval);
        graph().replace(
                        emitted.node(),
                        operator().withTimeouts(operator().timeouts().withSweepEvery(interval)));
        return this;
    }

    /** Names the operator that keeps the state. */
    @Override
    public MapWithStateDStream<K, S, M> named(String name) {
        emitted.named(name);
        return this;
    }

    /**
     * Says what the operator that keeps the state does with records on which its function throws. A key whose last call throws goes
     * nevertheless, unless the policy is to fail.
     */
    @Override
    public MapWithStateDStream<K, S, M> onError(ErrorPolicy policy) {
        emitted.onError(policy);
        return this;
    }

    @SuppressWarnings("unchecked")
    private MapWithStateOperator<K, ?, S, M> operator() {
        return (MapWithStateOperator<K, ?, S, M>) graph().node(emitted.node()).operator();
    }
}
