/** What is used of the global of that name, which the types of the language alone don't have. */
interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
}

export const { Module, Instance, Memory } = (globalThis as unknown as { readonly WebAssembly: WebAssembly }).WebAssembly
