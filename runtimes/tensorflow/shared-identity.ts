import type * as tensorflow from '@tensorflow/tfjs-core'
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'

/** What counts who uses a piece of memory. */
interface SharingBackend {
  incRef(dataId: object): void
}

/**
 * What is learned through is kept by a copy of each tensor. The wasm backend copies the numbers, an eighth of the time
 * of a step: nothing changes a tensor, so that a copy may share them, as reshaped ones do.
 */
export function registerSharedIdentity(tf: typeof tensorflow): void {
  const own = tf.getKernel('Identity', 'wasm')
  tf.unregisterKernel('Identity', 'wasm')
  tf.registerKernel({
    ...own,
    kernelFunc: (({ inputs: { x }, backend }: { inputs: { x: TensorInfo }; backend: SharingBackend }) => {
      backend.incRef(x.dataId)
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype }
    }) as unknown as KernelConfig['kernelFunc'],
  })
}
