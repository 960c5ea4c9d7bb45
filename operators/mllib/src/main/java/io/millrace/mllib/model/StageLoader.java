// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

/** Makes a stage of what was saved. One per class name, listed by its family. */
@FunctionalInterface
public interface StageLoader {

    /**
     * Loads a stage.
     *
     * @throws io.millrace.mllib.storage.ModelFormatException if what is saved does not make one
     */
    Transformer load(SavedStage stage);
}
