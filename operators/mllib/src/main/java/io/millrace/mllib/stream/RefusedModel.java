// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

/**
 * A model that was not taken into service; the one before it goes on.
 *
 * @param model the name of the served model
 * @param version the label of the version that was refused
 * @param file the file or folder at fault; the version's own name if it is the model as a whole
 * @param reason what is wrong with it
 */
public record RefusedModel(String model, String version, String file, String reason) {}
