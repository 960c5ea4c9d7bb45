/** Decision trees, random forests and gradient-boosted trees, of classes and of numbers. */
@NullMarked
package io.millrace.mllib.tree;

import org.jspecify.annotations.NullMarked;
