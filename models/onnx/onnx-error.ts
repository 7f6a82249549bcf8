/** Bytes that are no ONNX model, or one that can't be used, with the reason. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError'
}
