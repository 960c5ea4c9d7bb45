// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.storage.ModelFormatException;

/**
 * A model that was not taken into service; the one before it goes on.
 *
 * @param model the name of the served model
 * @param version the label of the version that was refused
 * @param file the file or folder at fault; the version's own name if it is the model as a whole
 * @param reason what is wrong with it
 */
public record RefusedModel(String model, String version, String file, String reason) {

    static RefusedModel of(String model, String version, Throwable thrown) {
        if (thrown instanceof ModelFormatException format) {
            return new RefusedModel(model, version, format.file(), format.reason());
        }
        String message = thrown.getMessage();
        return new RefusedModel(model, version, version, message == null ? thrown.toString() : message);
    }
}
