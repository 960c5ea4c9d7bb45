/** Clusterings and topics: k-means, bisecting k-means, Gaussian mixtures, latent Dirichlet allocation. */
@NullMarked
package io.millrace.mllib.clustering;

import org.jspecify.annotations.NullMarked;
