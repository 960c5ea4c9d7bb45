// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The clusterings and topic models that can be loaded. One line per class that Spark saves. */
public final class ClusteringStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.of();

    private ClusteringStages() {}
}
