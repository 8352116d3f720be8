export { lessonKey, lessonOf } from './lesson.ts';
export { LEARNING, loadModel } from './modelCache.ts';
