// Plain JavaScript, so that Node loads its imports as they are: jest would compile a .ts hook to CommonJS.
export { startServices as default } from './run-services.ts'
