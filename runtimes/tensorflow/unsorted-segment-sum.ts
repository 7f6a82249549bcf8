import type * as tensorflow from '@tensorflow/tfjs-core'
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'

/** What a kernel is given by the wasm backend. */
interface WasmBackend {
  readSync(dataId: object): Float32Array | Int32Array
  makeOutput(shape: number[], dtype: string): TensorInfo
  typedArrayFromHeap(tensor: TensorInfo): Float32Array
}

/**
 * The gradient of a lookup in a table adds up what comes back to each of its rows. The wasm backend has no kernel for
 * that, so we bring one: rows are added in their order, which makes the sum the same each time.
 */
export function registerUnsortedSegmentSum(tf: typeof tensorflow): void {
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc: (({
      inputs,
      backend,
      attrs,
    }: {
      inputs: Record<'x' | 'segmentIds', TensorInfo>
      backend: WasmBackend
      attrs: { numSegments: number }
    }) => {
      const { x, segmentIds } = inputs
      const values = backend.readSync(x.dataId)
      const segments = backend.readSync(segmentIds.dataId)
      const inner = x.shape.slice(segmentIds.shape.length)
      const size = inner.reduce((product, each) => product * each, 1)
      const output = backend.makeOutput([attrs.numSegments, ...inner], x.dtype)
      const sums = backend.typedArrayFromHeap(output).fill(0)
      segments.forEach((segment, row) => {
        for (let i = 0; i < size; i++) sums[segment * size + i]! += values[row * size + i]!
      })
      return output
    }) as unknown as KernelConfig['kernelFunc'],
  })
}
