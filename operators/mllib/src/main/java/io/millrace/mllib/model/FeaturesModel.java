// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.storage.Params;

/** A model that says something of a column of vectors. Immutable and thread-safe. */
public abstract class FeaturesModel implements Transformer {

    private final Params params;
    private final String featuresCol;

    protected FeaturesModel(Params params) {
        this.params = params;
        featuresCol = params.getString("featuresCol", "features");
    }

    @Override
    public final String uid() {
        return params.uid();
    }

    public final Params params() {
        return params;
    }

    /** The column of vectors; for some models it may be one of arrays of doubles or floats. */
    public final String featuresCol() {
        return featuresCol;
    }
}
