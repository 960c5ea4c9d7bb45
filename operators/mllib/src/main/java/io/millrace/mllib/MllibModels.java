// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.LoadLimits;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.ModelSource;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads what Spark MLlib saved by {@code write().save(path)}. A saved model is not trusted; whatever is wrong with it ends
 * in a {@link ModelFormatException} that names the file and the reason.
 */
public final class MllibModels {

    private MllibModels() {}

    /** Loads the model in a directory. */
    public static Transformer load(Path directory) {
        return load(ModelSource.at(directory));
    }

    /** Loads a model; the source stays open. */
    public static Transformer load(ModelSource source) {
        return load(source, LoadLimits.defaults());
    }

    /** Loads a model within bounds of one's own. */
    public static Transformer load(ModelSource source, LoadLimits limits) {
        return SavedStage.load(source.directory(limits), StageRegistry::find);
    }

    /** Loads the model in a directory, for scoring by its own methods. */
    public static <T extends Transformer> T load(Path directory, Class<T> type) {
        return load(ModelSource.at(directory), type);
    }

    /**
     * Loads a model, for scoring by its own methods.
     *
     * @throws ModelFormatException if it is another model than a {@code type}
     */
    public static <T extends Transformer> T load(ModelSource source, Class<T> type) {
        Transformer loaded = load(source);
        if (!type.isInstance(loaded)) {
            throw new ModelFormatException(
                    source.toString(), "is a " + loaded.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(loaded);
    }

    /** The names of the Spark classes that can be loaded, sorted. */
    public static Set<String> classNames() {
        return new TreeSet<>(StageRegistry.classNames());
    }
}
