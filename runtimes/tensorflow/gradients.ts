import type { GradConfig, NamedAttrMap, Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import { product } from './product.ts'
import type { Tensorflow } from './tensorflow.ts'

/** TensorFlow instances with registered gradients, so that each thread registers them once. */
const registered = new WeakSet<object>()

/**
 * Registers the gradients of the operations in attention. The core of TensorFlow.js computes gradients only of
 * registered operations and comes with none registered; the package that registers all of them is thirty times the size
 * of the part needed here.
 */
export function registerGradients(tf: Tensorflow): void {
  if (registered.has(tf)) return
  registered.add(tf)

  /** Undoes broadcasting: the gradient of a value repeated along some axes is the sum along them. */
  const unbroadcast = (gradient: Tensor, shape: readonly number[]): Tensor => {
    const extra = gradient.rank - shape.length
    const axes = gradient.shape.flatMap((length, axis) =>
      axis < extra || (shape[axis - extra] === 1 && length !== 1) ? [axis] : [],
    )
    const summed = axes.length === 0 ? gradient : tf.sum(gradient, axes)
    return tf.reshape(summed, [...shape])
  }
  const configs: readonly GradConfig[] = [
    {
      kernelName: 'Add',
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({
        a: () => unbroadcast(dy as Tensor, a!.shape),
        b: () => unbroadcast(dy as Tensor, b!.shape),
      }),
    },
    {
      kernelName: 'Sub',
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({
        a: () => unbroadcast(dy as Tensor, a!.shape),
        b: () => unbroadcast(tf.neg(dy as Tensor), b!.shape),
      }),
    },
    {
      kernelName: 'Multiply',
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({
        a: () => unbroadcast(tf.mul(dy as Tensor, b!), a!.shape),
        b: () => unbroadcast(tf.mul(dy as Tensor, a!), b!.shape),
      }),
    },
    {
      kernelName: 'BatchMatMul',
      inputsToSave: ['a', 'b'],
      gradFunc(dy, [a, b], attributes: NamedAttrMap) {
        const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
        if (transposeA) throw new Error('The first matrix of a product that is learned through must not be turned.')
        return {
          a: () => product(tf, dy as Tensor, b!, false, !transposeB),
          b: () =>
            transposeB ? product(tf, dy as Tensor, a!, true, false) : product(tf, a!, dy as Tensor, true, false),
        }
      },
    },
    { kernelName: 'Cast', gradFunc: (dy) => ({ x: () => tf.cast(dy as Tensor, 'float32') }) },
    {
      kernelName: 'Reshape',
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.reshape(dy as Tensor, x!.shape) }),
    },
    {
      kernelName: 'Transpose',
      gradFunc(dy, _saved, attributes: NamedAttrMap) {
        const { perm } = attributes as { perm: number[] }
        const back = perm.map((_, axis) => perm.indexOf(axis))
        return { x: () => tf.transpose(dy as Tensor, back) }
      },
    },
    {
      kernelName: 'GatherV2',
      inputsToSave: ['x', 'indices'],
      gradFunc: (dy, [x, indices]) => ({
        x: () => {
          const flat = tf.reshape(indices!, [-1])
          return tf.unsortedSegmentSum(
            tf.reshape(dy as Tensor, [flat.size, x!.shape[1]!]),
            tf.cast(flat, 'int32') as Tensor1D,
            x!.shape[0]!,
          )
        },
        indices: () => tf.zerosLike(indices!),
      }),
    },
    {
      kernelName: 'Softmax',
      outputsToSave: [true],
      gradFunc(dy, [y]) {
        const weighed = tf.mul(dy as Tensor, y!)
        return { logits: () => tf.sub(weighed, tf.mul(tf.sum(weighed, -1, true), y!)) }
      },
    },
    {
      kernelName: 'Relu',
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as Tensor, tf.cast(tf.greater(x!, 0), 'float32')) }),
    },
    {
      kernelName: 'Sigmoid',
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({ x: () => tf.mul(dy as Tensor, tf.mul(y!, tf.sub(1, y!))) }),
    },
    {
      kernelName: 'Tanh',
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({ x: () => tf.mul(dy as Tensor, tf.sub(1, tf.square(y!))) }),
    },
    {
      kernelName: 'Erf',
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({
        x: () => tf.mul(dy as Tensor, tf.mul(tf.exp(tf.neg(tf.square(x!))), 2 / Math.sqrt(Math.PI))),
      }),
    },
    {
      kernelName: 'Square',
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as Tensor, tf.mul(x!, 2)) }),
    },
    {
      kernelName: 'Rsqrt',
      inputsToSave: ['x'],
      outputsToSave: [true],
      gradFunc: (dy, [x, y]) => ({ x: () => tf.mul(dy as Tensor, tf.mul(-0.5, tf.div(y!, x!))) }),
    },
    {
      kernelName: 'Log',
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.div(dy as Tensor, x!) }),
    },
    {
      kernelName: 'Sum',
      inputsToSave: ['x'],
      gradFunc(dy, [x], attributes: NamedAttrMap) {
        const { axis } = attributes as { axis?: number | number[] | null }
        const given = axis === undefined || axis === null ? x!.shape.keys() : [axis].flat()
        const axes = new Set([...given].map((one) => (one < 0 ? one + x!.rank : one)))
        const kept = x!.shape.map((length, place) => (axes.has(place) ? 1 : length))
        return { x: () => tf.mul(tf.reshape(dy as Tensor, kept), tf.onesLike(x!)) }
      },
    },
  ]
  for (const config of configs) if (tf.getGradient(config.kernelName) === undefined) tf.registerGradient(config)
}
