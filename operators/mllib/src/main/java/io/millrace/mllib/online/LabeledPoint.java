// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import org.apache.spark.ml.linalg.Vector;

/**
 * An example to learn from.
 *
 * @param label what is to be predicted: a number, or the class 0 or 1
 */
public record LabeledPoint(double label, Vector features) {}
