// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.storage.Json;
import io.millrace.mllib.storage.ModelDirectory;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.ParquetRow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** The tree of clusters that bisecting k-means saves, in arrays: the root is node 0. Immutable. */
final class ClusterTree {

    private static final String CLASS = "org.apache.spark.mllib.clustering.BisectingKMeansModel";

    private final boolean cosine;
    private final int[] labels;
    private final Vector[] centers;
    private final double[] norms;
    private final int[][] children;
    private final List<Vector> leafCenters;

    private ClusterTree(
            boolean cosine,
            int[] labels,
            Vector[] centers,
            double[] norms,
            int[][] children,
            List<Vector> leafCenters) {
        this.cosine = cosine;
        this.labels = labels;
        this.centers = centers;
        this.norms = norms;
        this.children = children;
        this.leafCenters = List.copyOf(leafCenters);
    }

    /** Reads {@code metadata} and {@code data} in a folder, and checks that the rows make a tree. */
    static ClusterTree load(ModelDirectory directory) {
        Map<String, @Nullable Object> metadata = metadata(directory);
        if (!(metadata.get("rootId") instanceof Long root)) {
            throw directory.failure("metadata", "rootId is " + metadata.get("rootId") + ", must be an integer");
        }
        // format 1.0 knew only one measure and did not save it
        Object measure = metadata.getOrDefault("distanceMeasure", "euclidean");
        if (!"euclidean".equals(measure) && !"cosine".equals(measure)) {
            throw directory.failure("metadata", "distanceMeasure is " + measure + ", must be euclidean or cosine");
        }
        return of(directory, directory.rows("data"), root, "cosine".equals(measure));
    }

    /** A tree of rows in any order. */
    static ClusterTree of(ModelDirectory directory, List<ParquetRow> nodes, long root, boolean cosine) {
        Map<Integer, ParquetRow> rows = new HashMap<>();
        for (ParquetRow row : nodes) {
            if (rows.put(row.getInt("index"), row) != null) {
                throw row.failure("index", "is " + row.getInt("index") + " in two rows");
            }
        }
        if (root != (int) root || !rows.containsKey((int) root)) {
            throw directory.failure("metadata", "rootId is " + root + ", there is no such node");
        }
        return new Walk(directory, rows).from((int) root, cosine);
    }

    private static Map<String, @Nullable Object> metadata(ModelDirectory directory) {
        try {
            Map<String, @Nullable Object> json = Json.parseObject(
                    directory.metadataText("metadata"), directory.limits().depth());
            if (!CLASS.equals(json.get("class"))) {
                throw directory.failure("metadata", "class is " + json.get("class") + ", must be " + CLASS);
            }
            Object version = json.get("version");
            if (!"1.0".equals(version) && !"2.0".equals(version) && !"3.0".equals(version)) {
                throw directory.failure("metadata", "version is " + version + ", must be 1.0, 2.0 or 3.0");
            }
            return json;
        } catch (IOException e) {
            throw new ModelFormatException(directory.name() + "/metadata", "not JSON: " + e.getMessage(), e);
        }
    }

    /** Numbers the nodes from the root, depth first, without recursion: a tree may be as deep as it has clusters. */
    private static final class Walk {

        private final ModelDirectory directory;
        private final Map<Integer, ParquetRow> rows;
        private final Map<Integer, Integer> numbers = new HashMap<>();
        private final List<ParquetRow> order = new ArrayList<>();

        Walk(ModelDirectory directory, Map<Integer, ParquetRow> rows) {
            this.directory = directory;
            this.rows = rows;
        }

        ClusterTree from(int root, boolean cosine) {
            Deque<Integer> open = new ArrayDeque<>();
            open.push(root);
            while (!open.isEmpty()) {
                int index = open.pop();
                ParquetRow row = rows.get(index);
                if (row == null) {
                    throw directory.failure("data", "there is no node " + index + ", which is a child");
                }
                if (numbers.put(index, order.size()) != null) {
                    throw row.failure("index", "is " + index + ": the node is the child of two, or of itself");
                }
                order.add(row);
                int[] below = row.ints("children");
                if ((below.length == 0) != (index >= 0)) {
                    throw row.failure("index", "is " + index + " for a node with " + below.length + " children");
                }
                for (int i = below.length - 1; i >= 0; i--) {
                    open.push(below[i]);
                }
            }
            return build(cosine);
        }

        private ClusterTree build(boolean cosine) {
            int size = order.size();
            int[] labels = new int[size];
            Vector[] centers = new Vector[size];
            double[] norms = new double[size];
            int[][] children = new int[size][];
            List<Vector> leaves = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                ParquetRow row = order.get(i);
                labels[i] = row.getInt("index");
                centers[i] = row.vector("center");
                norms[i] = row.getDouble("norm");
                if (centers[i].size() != centers[0].size()) {
                    throw row.failure("center", "has size " + centers[i].size() + ", the root " + centers[0].size());
                }
                if (!(norms[i] >= 0) || Double.isNaN(Distances.norm(centers[i]))) {
                    throw row.failure("norm", "is " + norms[i] + ", or the center holds NaN");
                }
                int[] below = row.ints("children");
                children[i] = new int[below.length];
                for (int c = 0; c < below.length; c++) {
                    children[i][c] = numbers.getOrDefault(below[c], 0);
                }
                if (below.length == 0) {
                    leaves.add(centers[i]);
                }
            }
            return new ClusterTree(cosine, labels, centers, norms, children, leaves);
        }
    }

    boolean isCosine() {
        return cosine;
    }

    List<Vector> leafCenters() {
        return leafCenters;
    }

    /** The label of the leaf that a point comes to. */
    int predict(Vector point) {
        double norm = Distances.norm(point);
        // Spark measures the way to the root too, so that a tree of one node refuses the same points
        cost(0, point, norm);
        int node = 0;
        while (children[node].length > 0) {
            int[] below = children[node];
            int nearest = below[0];
            double least = cost(nearest, point, norm);
            for (int i = 1; i < below.length; i++) {
                double cost = cost(below[i], point, norm);
                if (Double.compare(cost, least) < 0) {
                    least = cost;
                    nearest = below[i];
                }
            }
            node = nearest;
        }
        return labels[node];
    }

    private double cost(int node, Vector point, double norm) {
        return cosine
                ? Distances.cosine(centers[node], norms[node], point, norm)
                : Distances.squared(centers[node], norms[node], point, norm);
    }
}
