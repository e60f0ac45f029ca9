#ifndef LGPS_CHDF5_SHIM_H
#define LGPS_CHDF5_SHIM_H

#include <hdf5.h>

/* HDF5 names its native types by macros that call H5open(); Swift imports no such macro. */
static inline hid_t lgps_h5t_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t lgps_h5t_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t lgps_h5t_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t lgps_h5t_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t lgps_h5t_ieee_f64le(void) { return H5T_IEEE_F64LE; }
static inline hid_t lgps_h5t_ieee_f32le(void) { return H5T_IEEE_F32LE; }
static inline hid_t lgps_h5t_std_i32le(void) { return H5T_STD_I32LE; }
static inline hid_t lgps_h5t_std_i64le(void) { return H5T_STD_I64LE; }
static inline hid_t lgps_h5t_c_s1(void) { return H5T_C_S1; }
static inline hid_t lgps_h5p_default(void) { return H5P_DEFAULT; }
static inline hid_t lgps_h5p_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t lgps_h5p_file_access(void) { return H5P_FILE_ACCESS; }
static inline unsigned lgps_h5f_acc_rdonly(void) { return H5F_ACC_RDONLY; }
static inline unsigned lgps_h5f_acc_swmr_read(void) { return H5F_ACC_SWMR_READ; }
static inline unsigned lgps_h5f_acc_trunc(void) { return H5F_ACC_TRUNC; }
static inline hsize_t lgps_h5s_unlimited(void) { return H5S_UNLIMITED; }
static inline size_t lgps_h5t_variable(void) { return H5T_VARIABLE; }

#endif
