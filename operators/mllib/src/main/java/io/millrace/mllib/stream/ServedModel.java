// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.operator.Versioned;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in service in a job, and its life: it is swapped for another version between two batches, by a call or since one came into a
 * watched directory; rolled back; shadowed by a candidate, which may be promoted. A batch is scored by exactly one version, and its
 * {@code BatchInfo} names it.
 *
 * <p>A version that cannot be loaded, or does not pass the {@linkplain ServedModelBuilder#check check}, leaves the one in service where it is;
 * the {@link ModelLifeListener} hears of it. Models are loaded in the background. Thread-safe.
 *
 * @param <M> the model
 */
public final class ServedModel<M extends Transformer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);
    private static final String NO_CANDIDATE = "none";

    private record Kept<M>(String label, M model) {}

    private final ServedModelBuilder<M> options;
    private final String name;
    private final Executor loader;
    private final Versioned<M> model;
    private final Versioned<Optional<M>> candidate;
    private final Deque<Kept<M>> kept = new ArrayDeque<>();

    ServedModel(ServedModelBuilder<M> options, M initial, String label) {
        this.options = options;
        this.name = options.name();
        this.loader = options.loader();
        this.model = options.context().versioned(name, initial, label);
        this.candidate = options.context().versioned(name + ".candidate", Optional.empty(), NO_CANDIDATE);
        kept.add(new Kept<>(label, initial));
    }

    /**
     * Begins the description of a served model.
     *
     * @param context the job, which has not started
     * @param name under which batches name its versions; a candidate's versions stand under {@code name.candidate}
     * @param type what is served; {@code Transformer.class} for any
     */
    public static <M extends Transformer> ServedModelBuilder<M> builder(
            StreamingContext context, String name, Class<M> type) {
        return new ServedModelBuilder<>(context, name, type);
    }

    static String label(Path directory) {
        Path last = directory.toAbsolutePath().normalize().getFileName();
        return last == null ? directory.toString() : last.toString();
    }

    // ---- what is in service ----

    /** The model, for {@link ModelScoring}, {@link RowScoring} or {@code DStream.mapWith}. */
    public Versioned<M> model() {
        return model;
    }

    /** The label of the version that was put into service last; it is that of the next batch. */
    public synchronized String inService() {
        return kept.getLast().label();
    }

    /** The labels of the versions held in memory, the one in service last. */
    public synchronized List<String> kept() {
        return kept.stream().map(Kept::label).toList();
    }

    // ---- swapping ----

    /**
     * Puts a model into service.
     *
     * @param label what people call the version
     * @return the first batch that is scored by it; fails if it is refused, with what the check has thrown, or as {@link Versioned#set} says
     */
    public CompletionStage<BatchTime> swap(M next, String label) {
        return accepted(label, () -> next, checked -> putIntoService(checked, label));
    }

    /** Loads the model in a directory in the background and puts it into service, named by the directory; see {@link #swap}. */
    public CompletionStage<BatchTime> load(Path directory) {
        return load(ModelSource.at(directory), label(directory));
    }

    /** Loads a model in the background and puts it into service; the source is closed. See {@link #swap}. */
    public CompletionStage<BatchTime> load(ModelSource source, String label) {
        return inBackground(source, label, loaded -> putIntoService(loaded, label));
    }

    /**
     * Puts the version before the one in service back into service, and forgets the latter. A watched directory does not bring it back
     * unless it is written anew.
     *
     * @return the first batch that is scored by it; see {@link Versioned#set}
     * @throws IllegalStateException if no version before it is kept
     */
    public CompletionStage<BatchTime> rollBack() {
        CompletionStage<BatchTime> first;
        String label;
        synchronized (this) {
            if (kept.size() < 2) {
                throw new IllegalStateException("No version of " + name + " before " + inService()
                        + " is kept; at most " + options.keep() + " are");
            }
            kept.removeLast();
            Kept<M> before = kept.getLast();
            label = before.label();
            first = model.set(before.model(), label);
        }
        return announced(first, label);
    }

    private CompletionStage<BatchTime> putIntoService(M next, String label) {
        CompletionStage<BatchTime> first;
        synchronized (this) {
            kept.addLast(new Kept<>(label, next));
            while (kept.size() > options.keep()) {
                kept.removeFirst();
            }
            first = model.set(next, label);
        }
        return announced(first, label);
    }

    private CompletionStage<BatchTime> announced(CompletionStage<BatchTime> first, String label) {
        return first.thenApply(batch -> {
            options.tell(listener -> listener.onInService(name, label, batch));
            return batch;
        });
    }

    // ---- watching ----

    /**
     * Looks into a directory for new versions, in the background, after a batch and at most so often: a new sub directory with a model in it,
     * or one whose files were written anew; or the directory itself, if it is a model. One that two looks in a row have seen alike, with its
     * metadata and without temporary files, is loaded and put into service, named by its directory. If several have come, the one written
     * last is in service in the end. What is there and complete when watching begins is left alone. A version that is refused is not
     * tried again until its files change.
     *
     * @param every the shortest time between two looks, by the job's clock; looks are made after batches only, since a version can take
     *     effect between batches only
     * @throws UncheckedIOException if the directory cannot be read now; if that happens later, it is logged, and the next look tries again
     */
    public void watch(Path directory, Duration every) {
        ModelWatch watch = new ModelWatch(directory);
        try {
            watch.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be watched: " + e.getMessage(), e);
        }
        options.context().addStreamingListener(new Looks(every, () -> look(watch, directory)));
    }

    private void look(ModelWatch watch, Path directory) {
        List<Path> news;
        try {
            news = watch.news();
        } catch (IOException | RuntimeException e) {
            LOG.warn("model={} {} cannot be looked at", name, directory, e);
            return;
        }
        for (Path one : news) {
            String label = label(one);
            var unused = accepted(label, () -> opened(ModelSource.at(one)), next -> putIntoService(next, label));
        }
    }

    /** Has a look made in the background after a batch, unless one is under way. */
    private final class Looks implements StreamingListener {
        private final Duration every;
        private final Runnable look;
        private java.time.Instant next = java.time.Instant.MIN;
        private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

        Looks(Duration every, Runnable look) {
            this.every = every;
            this.look = look;
        }

        @Override
        public void onBatchCompleted(BatchInfo batch) {
            if (!batch.ended().isBefore(next) && last.isDone()) {
                next = batch.ended().plus(every);
                last = CompletableFuture.runAsync(look, loader);
            }
        }
    }

    // ---- shadowing ----

    /**
     * Has a candidate score the same records as the model in service, and tells the listener after every batch how they differ. What comes
     * out of the job is not touched. While there is no candidate this costs one look per record; with one, two predictions more.
     *
     * @param stream the records
     * @param prediction what a model says of a record, such as {@code (model, record) -> model.predict(record.features())}
     * @return the reports; a batch without records, or without a candidate, has none
     */
    public <T> DStream<ShadowReport> shadow(DStream<T> stream, ModelPrediction<? super M, ? super T> prediction) {
        PairDStream<List<String>, List<Object>> tallies = new PairDStream<>(
                        stream.apply(new ShadowOperator<M, T>(model, candidate, prediction)))
                .reduceByKey(ShadowTally::plus);
        // of the tallies, not of the reports: these have a form in which a checkpoint can hold them
        tallies.foreachBatch((time, all) ->
                all.forEach(tally -> options.tell(listener -> listener.onShadowScored(report(time, tally)))));
        return tallies.transform(
                (time, all) -> all.stream().map(tally -> report(time, tally)).toList());
    }

    private ShadowReport report(BatchTime time, Pair<List<String>, List<Object>> tally) {
        return ShadowTally.of(tally.value()).report(name, time, tally.key());
    }

    /** The label of the candidate, if there is one. */
    public Optional<String> candidate() {
        var latest = candidate.latest();
        return latest.value().map(present -> latest.label());
    }

    /**
     * Makes a model the candidate, in the place of the one there may be.
     *
     * @return the first batch that it shadows; see {@link #swap}
     */
    public CompletionStage<BatchTime> propose(M next, String label) {
        return accepted(label, () -> next, checked -> candidate.set(Optional.of(checked), label));
    }

    /** Loads the model in a directory in the background and makes it the candidate, named by the directory; see {@link #propose}. */
    public CompletionStage<BatchTime> propose(Path directory) {
        String label = label(directory);
        return inBackground(ModelSource.at(directory), label, loaded -> candidate.set(Optional.of(loaded), label));
    }

    /**
     * Puts the candidate into service; there is none any more.
     *
     * @return the first batch that is scored by it; see {@link Versioned#set}
     * @throws IllegalStateException if there is no candidate
     */
    public CompletionStage<BatchTime> promote() {
        var latest = candidate.latest();
        M next = latest.value()
                .orElseThrow(() -> new IllegalStateException("There is no candidate for " + name + " to promote"));
        CompletionStage<BatchTime> first = putIntoService(next, latest.label());
        withdraw();
        return first;
    }

    /** Has no candidate any more. */
    public void withdraw() {
        var unused = candidate.set(Optional.empty(), NO_CANDIDATE);
    }

    // ---- loading ----

    private CompletionStage<BatchTime> inBackground(ModelSource source, String label, Use<M> use) {
        CompletableFuture<BatchTime> done = new CompletableFuture<>();
        loader.execute(() -> {
            var unused = accepted(label, () -> opened(source), use).whenComplete((batch, failure) -> {
                if (failure == null) {
                    done.complete(batch);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        });
        return done.minimalCompletionStage();
    }

    private M opened(ModelSource source) {
        try (source) {
            return options.loaded(source);
        }
    }

    /** What is done with a model that was accepted. */
    private interface Use<M> {
        CompletionStage<BatchTime> apply(M model);
    }

    /** Nothing that is wrong with a model, were it that it does not fit into memory, reaches the job. */
    private CompletionStage<BatchTime> accepted(String label, Supplier<M> made, Use<M> use) {
        M next;
        try {
            next = options.checked(made.get());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            refuse(label, e);
            return CompletableFuture.failedStage(e);
        }
        return use.apply(next);
    }

    private void refuse(String label, Throwable e) {
        options.refuse(RefusedModel.of(name, label, e));
    }

    /** Its name and the version in service. */
    @Override
    public String toString() {
        return name + " " + inService();
    }
}
