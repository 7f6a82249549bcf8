"""The same texts through the same weights with tokenizers and onnxruntime, one thread, one text a call."""
import json
import sys
import time

import numpy
import onnxruntime
import tokenizers

job = json.load(open(sys.argv[1]))
tokenizer = tokenizers.Tokenizer.from_file(f"{job['folder']}/tokenizer.json")
tokenizer.no_padding()
tokenizer.enable_truncation(512)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1


def encode(session, ids):
    rows = numpy.array([ids], dtype=numpy.int64)
    given = {"input_ids": rows, "attention_mask": numpy.ones_like(rows), "token_type_ids": numpy.zeros_like(rows)}
    vector = session.run(None, given)[0][0][0]
    return vector / numpy.linalg.norm(vector)


results = []
for file in ["model.onnx", "model-int8.onnx"]:
    session = onnxruntime.InferenceSession(f"{job['folder']}/{file}", options, providers=["CPUExecutionProvider"])
    encode(session, tokenizer.encode("warm").ids)
    began = time.perf_counter()
    vectors = [encode(session, tokenizer.encode(text.lower()).ids) for text in job["texts"]]
    seconds = time.perf_counter() - began
    latency = {}
    for length in job["lengths"]:
        times = []
        for run in range(20):
            ids = [101] + [1000 + (run * 31 + place * 7) % 5000 for place in range(length - 2)] + [102]
            start = time.perf_counter()
            encode(session, ids)
            times.append(1000 * (time.perf_counter() - start))
        latency[str(length)] = sorted(times)[10]
    results.append(
        {
            "textsPerSecond": len(job["texts"]) / seconds,
            "latencyMs": latency,
            "vectors": [vector.tolist() for vector in vectors[:200]],
        }
    )
versions = {"python": sys.version.split()[0], "tokenizers": tokenizers.__version__, "onnxruntime": onnxruntime.__version__}
print(json.dumps({"versions": versions, "results": results}))
