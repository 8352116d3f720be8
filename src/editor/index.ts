/** The editor of staff: forms made from the knowledge schemas, in front of the files of `knowledge/`. */
export { type EditorDeps, registerEditor } from './routes.ts';
