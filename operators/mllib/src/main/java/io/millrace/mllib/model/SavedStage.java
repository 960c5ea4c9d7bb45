// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.storage.Metadata;
import io.millrace.mllib.storage.ModelDirectory;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stage as it was saved: its metadata, its folder, and the way to load the stages in its sub folders. */
public final class SavedStage {

    /** The end of the reason that a model of a class that is not in the registry is refused with. */
    public static final String UNKNOWN = " is none of the stages that can be loaded";

    private final ModelDirectory directory;
    private final Metadata metadata;
    private final Function<String, @Nullable StageLoader> registry;
    private final int depth;
    private final int[] stages;

    private SavedStage(
            ModelDirectory directory, Function<String, @Nullable StageLoader> registry, int depth, int[] stages) {
        this.directory = directory;
        this.registry = registry;
        this.depth = depth;
        this.stages = stages;
        metadata = directory.metadata();
    }

    /** Loads what is saved in {@code directory}; {@code registry} knows the loaders by class names. */
    public static Transformer load(ModelDirectory directory, Function<String, @Nullable StageLoader> registry) {
        return load(directory, registry, 0, new int[1]);
    }

    private static Transformer load(
            ModelDirectory directory, Function<String, @Nullable StageLoader> registry, int depth, int[] stages) {
        if (depth > directory.limits().depth()) {
            throw new ModelFormatException(
                    directory.name(),
                    "stages nested deeper than " + directory.limits().depth());
        }
        if (++stages[0] > directory.limits().stages()) {
            throw new ModelFormatException(
                    directory.name(), "more than " + directory.limits().stages() + " stages");
        }
        SavedStage stage = new SavedStage(directory, registry, depth, stages);
        String className = stage.metadata().className();
        StageLoader loader = registry.apply(className);
        if (loader == null) {
            throw new ModelFormatException(stage.metadata.file(), "class " + className + UNKNOWN);
        }
        try {
            return loader.load(stage);
        } catch (ModelFormatException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new ModelFormatException(directory.name(), "does not make a " + className + ": " + e, e);
        }
    }

    public Metadata metadata() {
        return metadata;
    }

    public Params params() {
        return metadata.params();
    }

    public ModelDirectory directory() {
        return directory;
    }

    /** The single record in {@code data/}. */
    public ParquetRow data() {
        return directory.row("data");
    }

    /** The records in {@code data/}, in no order. */
    public List<ParquetRow> dataRows() {
        return directory.rows("data");
    }

    /** Loads the stage in a sub folder of this one, as {@code bestModel}. */
    public Transformer loadChild(ModelDirectory child) {
        return load(child, registry, depth + 1, stages);
    }

    /** As {@link #loadChild}, where it must be a {@code type}. */
    public <T extends Transformer> T loadChild(ModelDirectory child, Class<T> type) {
        Transformer loaded = loadChild(child);
        if (!type.isInstance(loaded)) {
            throw new ModelFormatException(
                    child.name(),
                    "is a " + loaded.getClass().getSimpleName() + " where a " + type.getSimpleName() + " belongs");
        }
        return type.cast(loaded);
    }

    /** An exception about this stage. */
    public ModelFormatException failure(String reason) {
        return new ModelFormatException(metadata.file(), reason);
    }
}
