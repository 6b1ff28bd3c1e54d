"""Keras' own batch normalisation and AdamW, computed by one kernel where Keras takes ten.

They give the same numbers up to rounding and are trained with only; what is exported has Keras'
own layers.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf


class BatchNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]
    """Over the last axis of pictures, by TensorFlow's fused kernel: half of a training step.

    Keras composes it of means, differences and products, each a pass through all activations. The
    fused kernel also takes bfloat16 as it is, with float32 statistics; Keras casts it to and fro.

    Named like Keras' own, since weight files find a layer by the name of its class.
    """

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        """Normalise ``inputs``, [b, h, w, c]; by the running means unless ``training``."""
        if not (training and self.trainable):
            means = tf.convert_to_tensor(self.moving_mean, tf.float32)
            variances = tf.convert_to_tensor(self.moving_variance, tf.float32)
            return self._fused(inputs, means, variances, is_training=False)[0]
        none = tf.zeros([0])
        found, mean, variance, *_ = self._fused(inputs, none, none, is_training=True)
        # The kernel's variance is that of the population (n - 1); Keras keeps that of the batch.
        values = tf.cast(tf.size(inputs) // inputs.shape[-1], tf.float32)
        self._move(self.moving_mean, mean)
        self._move(self.moving_variance, variance * ((values - 1) / values))
        return found

    def _fused(self, inputs: Any, mean: Any, variance: Any, *, is_training: bool) -> Any:
        return tf.raw_ops.FusedBatchNormV3(
            x=inputs,
            scale=tf.convert_to_tensor(self.gamma, tf.float32),
            offset=tf.convert_to_tensor(self.beta, tf.float32),
            mean=mean,
            variance=variance,
            epsilon=self.epsilon,
            is_training=is_training,
        )

    def _move(self, running: Any, latest: Any) -> None:
        running.assign(running * self.momentum + latest * (1.0 - self.momentum))


class AdamW(keras.optimizers.AdamW):  # type: ignore[misc]
    """With one kernel for each weight in place of some ten: MobileNetV2 has 156 weights."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move a variable along its gradient; weight decay was done before."""
        index = self._get_variable_index(variable)
        # The kernel ends the process when it is given another kind of number than the variable's.
        kind = variable.dtype
        step = tf.cast(tf.convert_to_tensor(self.iterations) + 1, kind)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=self._momentums[index].value.handle,
            v=self._velocities[index].value.handle,
            beta1_power=tf.pow(tf.cast(self.beta_1, kind), step),
            beta2_power=tf.pow(tf.cast(self.beta_2, kind), step),
            lr=tf.cast(learning_rate, kind),
            beta1=tf.cast(self.beta_1, kind),
            beta2=tf.cast(self.beta_2, kind),
            epsilon=tf.cast(self.epsilon, kind),
            grad=tf.cast(gradient, kind),
        )
