/** Thrown for bytes that are not an ONNX model, or for a model that can't be used; the message says why. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError'
}
