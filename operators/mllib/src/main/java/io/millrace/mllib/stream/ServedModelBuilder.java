// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.StreamingContext;
import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.LoadLimits;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.ModelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The description of a {@link ServedModel}. Used by one thread, before the context is started. */
public final class ServedModelBuilder<M extends Transformer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

    private final StreamingContext context;
    private final String name;
    private final Class<M> type;
    private int keep = 3;
    private LoadLimits limits = LoadLimits.defaults();
    private Consumer<? super M> check = model -> {};
    private ModelLifeListener listener = new ModelLifeListener() {};
    private @Nullable Executor loader;

    ServedModelBuilder(StreamingContext context, String name, Class<M> type) {
        this.context = context;
        this.name = name;
        this.type = type;
    }

    /** How many versions are held in memory, the one in service included; at least 1, 3 by default. A candidate is one more. */
    public ServedModelBuilder<M> keep(int versions) {
        if (versions < 1) {
            throw new IllegalArgumentException("at least one version is kept, not " + versions);
        }
        keep = versions;
        return this;
    }

    /** Bounds of what is loaded. */
    public ServedModelBuilder<M> limits(LoadLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /**
     * Looks at every version before it is taken into service or shadows; what it throws is the reason why the version is refused. For
     * instance that it fits the columns of a stream, or has as many features as the one before.
     */
    public ServedModelBuilder<M> check(Consumer<? super M> newCheck) {
        check = newCheck;
        return this;
    }

    /** Who hears what happens. */
    public ServedModelBuilder<M> listener(ModelLifeListener newListener) {
        listener = newListener;
        return this;
    }

    /** Where models are loaded, one at a time; a thread of its own by default, which ends when it has nothing to do. */
    public ServedModelBuilder<M> loader(Executor executor) {
        loader = executor;
        return this;
    }

    /**
     * Serves a model that is in memory.
     *
     * @param label what people call this version
     * @throws IllegalArgumentException if the context has a value of this name
     */
    public ServedModel<M> serve(M model, String label) {
        check.accept(model);
        return new ServedModel<>(this, model, label);
    }

    /**
     * Loads the model in a directory, named by it, and serves it.
     *
     * @throws ModelFormatException if it cannot be loaded
     */
    public ServedModel<M> serve(Path directory) {
        return serve(loaded(ModelSource.at(directory)), ServedModel.label(directory));
    }

    /** Loads a model and serves it; the source is closed. */
    public ServedModel<M> serve(ModelSource source, String label) {
        try (source) {
            return serve(loaded(source), label);
        }
    }

    /**
     * Loads the newest model in a directory of models, or the directory itself if it is one, and serves it. So a job that starts again goes
     * on with what {@link ServedModel#watch} of the same directory brought last. The listener hears of one that is refused, and the one
     * written before it is tried.
     *
     * @throws ModelFormatException if there is none that can be served
     * @throws UncheckedIOException if the directory cannot be read
     */
    public ServedModel<M> serveNewest(Path directory) {
        List<Path> newestFirst;
        try {
            newestFirst = new ArrayList<>(new ModelWatch(directory).present());
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read: " + e.getMessage(), e);
        }
        Collections.reverse(newestFirst);
        for (Path model : newestFirst) {
            String label = ServedModel.label(model);
            M loaded;
            try {
                loaded = checked(loaded(ModelSource.at(model)));
            } catch (RuntimeException e) {
                refuse(RefusedModel.of(name, label, e));
                continue;
            }
            return new ServedModel<>(this, loaded, label);
        }
        throw new ModelFormatException(
                directory.toString(), "none of the " + newestFirst.size() + " models in it can be served");
    }

    void refuse(RefusedModel refused) {
        LOG.warn("model={} version={} is refused: {}: {}", name, refused.version(), refused.file(), refused.reason());
        tell(hearer -> hearer.onRefused(refused));
    }

    void tell(Consumer<ModelLifeListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("model={} a listener threw", name, e);
        }
    }

    M loaded(ModelSource source) {
        Transformer loaded = MllibModels.load(source, limits);
        if (!type.isInstance(loaded)) {
            throw new ModelFormatException(
                    source.toString(), "is a " + loaded.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(loaded);
    }

    M checked(M model) {
        check.accept(model);
        return model;
    }

    StreamingContext context() {
        return context;
    }

    String name() {
        return name;
    }

    int keep() {
        return keep;
    }

    Executor loader() {
        Executor given = loader;
        if (given != null) {
            return given;
        }
        ThreadPoolExecutor own =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "millrace-model-" + name);
                    thread.setDaemon(true);
                    return thread;
                });
        own.allowCoreThreadTimeOut(true);
        return own;
    }
}
