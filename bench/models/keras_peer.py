"""Trains the same network in Keras on inputs that it is given, one a fold, on one thread, and writes the scores of the test rows."""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
job = json.load(open(sys.argv[1]))
options = job["options"]


def read(part, width, embeddings):
    numbers = np.fromfile(part["numbers"], dtype=np.float32).reshape(-1, width)
    return [numbers] + [np.fromfile(file, dtype=np.int32) for file in part["codes"][:embeddings]]


def network(width, embeddings):
    inputs = [keras.Input((width,))]
    parts = [inputs[0]]
    for one in embeddings:
        code = keras.Input((), dtype="int32")
        inputs.append(code)
        parts.append(keras.layers.Embedding(one["codes"], one["size"])(code))
    values = parts[0] if len(parts) == 1 else keras.layers.Concatenate()(parts)
    for units in options["hidden"]:
        values = keras.layers.Dense(units, kernel_initializer="he_normal")(values)
        values = keras.layers.BatchNormalization()(values)
        values = keras.layers.Activation("relu")(values)
        values = keras.layers.Dropout(options["dropout"])(values)
    return keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(values))


answers = []
for fit in job["fits"]:
    keras.utils.set_random_seed(fit["seed"])
    width, embeddings = fit["width"], fit["embeddings"]
    train, held, test = (read(fit[part], width, len(embeddings)) for part in ("train", "held", "test"))
    labels, held_labels = (np.fromfile(fit[part]["labels"], dtype=np.float64) for part in ("train", "held"))
    model = network(width, embeddings)
    model.compile(keras.optimizers.AdamW(options["learningRate"], weight_decay=options["weightDecay"]), "binary_crossentropy")
    patience = options["earlyStoppingEpochs"]
    calls = [
        keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True),
        keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=patience // 2),
    ]
    started = time.perf_counter()
    history = model.fit(
        train, labels, validation_data=(held, held_labels), epochs=options["epochs"], batch_size=fit["batchRows"], callbacks=calls, verbose=0
    )
    seconds = time.perf_counter() - started
    model.predict(test, batch_size=4096, verbose=0)[:, 0].astype(np.float64).tofile(fit["scores"])
    answers.append({"seconds": seconds, "epochs": len(history.epoch)})

row = {}
call = tf.function(lambda inputs: model(inputs, training=False), reduce_retracing=True)
for size in job["batches"]:
    part = [tf.constant(one[:size]) for one in test]
    repeats = max(20, 2000 // size)
    for _ in range(3):
        call(part).numpy()
    started = time.perf_counter()
    for _ in range(repeats):
        call(part).numpy()
    row[size] = (time.perf_counter() - started) / repeats / size * 1e6
print(json.dumps({"version": keras.__version__, "tensorflow": tf.__version__, "fits": answers, "microsecondsPerRow": row}))
