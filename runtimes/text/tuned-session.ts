import { InferenceSession, Tensor } from 'onnxruntime-node'
import { SESSION_OPTIONS } from '../session-options.ts'
import { BackboneError } from './backbone-folder.ts'

/** Backbone and head as one ONNX graph, ready to tell classes. */
export interface TunedSession {
  /** [windows × classes]; windows are ids with their marks. The event loop stands still meanwhile. */
  probabilities(windows: readonly Int32Array[]): Promise<Float64Array>
  close(): Promise<void>
}

/** Throws `BackboneError` for a file that is no such graph. */
export async function openTunedSession(path: string, classes: number): Promise<TunedSession> {
  const session = await InferenceSession.create(path, SESSION_OPTIONS).catch((error: Error) => {
    throw new BackboneError(`${path} can't be opened as ONNX: ${error.message}`, { cause: error })
  })
  return {
    async probabilities(windows) {
      const length = windows.reduce((longest, window) => Math.max(longest, window.length), 1)
      const shape = [windows.length, length]
      const [ids, mask] = [new BigInt64Array(windows.length * length), new BigInt64Array(windows.length * length)]
      windows.forEach((window, row) =>
        window.forEach((id, place) => {
          ids[row * length + place] = BigInt(id)
          mask[row * length + place] = 1n
        }),
      )
      const inputs: Record<string, Tensor> = {
        input_ids: new Tensor('int64', ids, shape),
        attention_mask: new Tensor('int64', mask, shape),
      }
      if (session.inputNames.includes('token_type_ids'))
        inputs['token_type_ids'] = new Tensor('int64', new BigInt64Array(ids.length), shape)
      const { probabilities } = await session.run(inputs, ['probabilities'])
      if (probabilities?.dims.length !== 2 || probabilities.dims[1] !== classes)
        throw new BackboneError(`${path} does not give probabilities of ${classes} classes.`)
      return Float64Array.from(probabilities.data as Float32Array)
    },
    close: () => session.release(),
  }
}
