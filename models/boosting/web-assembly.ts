/** The part of the `WebAssembly` global in use. The ECMAScript type library does not declare it. */
interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
}

export const { Module, Instance, Memory } = (globalThis as unknown as { readonly WebAssembly: WebAssembly }).WebAssembly
