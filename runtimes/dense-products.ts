import { Tensor } from 'onnxruntime-node'
import { createOnnxGraph } from '../models/onnx/onnx-graph.ts'
import type { ProductComputation, ProductRequest } from '../models/text/dense-products.ts'
import { openNativeSession } from './native-session.ts'

/** Matrix products computed by ONNX Runtime in float32. */
export interface DenseProducts {
  /** Runs the computation to its end, computing each product it asks for. */
  answer<Result>(asking: ProductComputation<Result>): Promise<Result>
  close(): Promise<void>
}

/** Opens the products. With many classes they are many times as fast as plain arithmetic. */
export async function openDenseProducts(): Promise<DenseProducts> {
  // [count × dimension] · [outputs × dimension]ᵀ, and [count × outputs]ᵀ · [count × dimension].
  const [logits, gradient] = [await productOf({ transB: 1 }), await productOf({ transA: 1 })]

  function productFor({ what, by, vectors, dimension }: ProductRequest): Promise<Float64Array> {
    const count = vectors.length / dimension
    const given = Float32Array.from(by)
    return what === 'logits'
      ? logits(vectors, [count, dimension], given, [by.length / dimension, dimension])
      : gradient(given, [count, by.length / count], vectors, [count, dimension])
  }

  return {
    async answer(asking) {
      let asked = asking.next()
      while (asked.done !== true) asked = asking.next(await productFor(asked.value))
      return asked.value
    },
    async close() {
      await Promise.all([logits.close(), gradient.close()])
    },
  }
}

async function productOf(attributes: Readonly<Record<string, number>>) {
  const graph = createOnnxGraph()
  const value = graph.node('Gemm', ['left', 'right'], attributes)
  const surface = {
    inputs: ['left', 'right'].map((name) => ({ name, type: 'float32', dimensions: ['M', 'N'] }) as const),
    value,
    output: 'product',
    outputDimensions: ['M', 'N'],
  }
  const session = await openNativeSession(graph.encodeWith(surface, {}))
  const multiply = async (left: Float32Array, leftShape: number[], right: Float32Array, rightShape: number[]) => {
    const given = { left: new Tensor('float32', left, leftShape), right: new Tensor('float32', right, rightShape) }
    const { product } = await session.run(given, [surface.output])
    return Float64Array.from(product!.data as Float32Array)
  }
  return Object.assign(multiply, { close: session.release })
}
