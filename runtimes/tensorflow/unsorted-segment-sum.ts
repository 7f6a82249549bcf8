import type * as tensorflow from '@tensorflow/tfjs-core'
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'

/** The part of the wasm backend that the kernel uses. */
interface WasmBackend {
  readSync(dataId: object): Float32Array | Int32Array
  makeOutput(shape: number[], dtype: string): TensorInfo
  typedArrayFromHeap(tensor: TensorInfo): Float32Array
}

/**
 * Registers the kernel that computes the gradient of an embedding lookup: it sums the gradients of each table row. The
 * wasm backend lacks it. Rows are added in order, so that the sum is the same each time.
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
