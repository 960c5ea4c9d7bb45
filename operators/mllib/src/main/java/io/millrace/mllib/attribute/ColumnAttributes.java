// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.attribute;

import java.util.Map;

/** What {@code ml_attr} says of a column: one attribute for a column of numbers, a group for a column of vectors. */
public sealed interface ColumnAttributes permits Attribute, AttributeGroup {

    /** The JSON object that Spark writes under {@code ml_attr} in the metadata of a column. */
    Map<String, Object> toJson();
}
