// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.fpm;

import java.util.List;

/**
 * Items that were often together.
 *
 * @param items strings or numbers, in the order of the model
 * @param freq how often they were
 */
public record Itemset(List<Object> items, long freq) {

    public Itemset {
        items = List.copyOf(items);
    }
}
