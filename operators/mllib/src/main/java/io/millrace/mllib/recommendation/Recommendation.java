// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.recommendation;

/**
 * An item for a user, or a user for an item.
 *
 * @param rating what the model predicts
 */
public record Recommendation(int id, float rating) {}
