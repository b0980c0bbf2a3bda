import { trainingDevices } from '../../training/training-devices.ts';
import { startProduct } from './start-product.ts';

// The entry of a training build: no production package contains it.
startProduct(trainingDevices);
