// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of a query over finished data, which the first run of the query sets: {@code collect}, {@code show} or {@code write}. For one
 * {@link Table#observe(Observation, Column, Column...)}. Any method may be called by any thread.
 */
public final class Observation {

    private final String name;
    private final AtomicBoolean used = new AtomicBoolean();
    private final CompletableFuture<Row> metrics = new CompletableFuture<>();

    /** Metrics under a name of their own. */
    public Observation() {
        this(UUID.randomUUID().toString());
    }

    /** Metrics under a name, which must not be empty. */
    public Observation(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Name must not be empty");
        }
        this.name = name;
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The metrics by their names; waits until the query has run once. */
    public Map<String, @Nullable Object> get() throws InterruptedException {
        Row row = getRow();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            values.put(Objects.requireNonNull(row.schema()).field(i).name(), row.get(i));
        }
        return Collections.unmodifiableMap(values);
    }

    /** The metrics as a row; waits until the query has run once. */
    public Row getRow() throws InterruptedException {
        try {
            return metrics.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes it for a table. */
    void use() {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalArgumentException("An Observation can be used with a Table only once");
        }
    }

    /** Sets the metrics, unless they are set. */
    void set(Row row) {
        metrics.complete(row);
    }
}
