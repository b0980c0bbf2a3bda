/*
 * The program between the station and libfprint. It runs as a process of its own, so that a reader's driver that crashes
 * takes nothing with it. Commands come in on standard input, records go out on standard output; docs/protocol.md, "The
 * libfprint helper", has the table of both. Image bytes are written once and cleared: there is no file, no log, no core.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <glib-unix.h>
#include <fprint.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Bytes of the longest command: its letter, a length, a device name. */
#define COMMAND_BYTES 258

typedef struct
{
  GMainLoop *loop;
  FpContext *context;
  FpDevice *device;
  GCancellable *capturing;
  guint8 command[COMMAND_BYTES];
  gsize filled;
} Helper;

/* Writes everything or ends the program: without the station there is nobody to work for. */
static void
write_all (const void *bytes, gsize length)
{
  const guint8 *from = bytes;

  while (length > 0)
    {
      gssize written = write (STDOUT_FILENO, from, length);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        _exit (0);
      from += written;
      length -= written;
    }
}

/* One record: letter, length of what follows (32 bits, little-endian), what follows. */
static void
write_record_head (char letter, guint32 length)
{
  guint8 head[5];

  head[0] = letter;
  for (int i = 0; i < 4; i++)
    head[1 + i] = (length >> (8 * i)) & 0xff;
  write_all (head, sizeof head);
}

static void
write_record (char letter, const void *bytes, guint32 length)
{
  write_record_head (letter, length);
  write_all (bytes, length);
}

/* What went wrong, as a letter, and for "once more" which of libfprint's reasons: the station knows these and no English. */
static void
write_error (const GError *error)
{
  char letter = 'e';
  guint8 body[2];

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    letter = 'a';
  else if (g_error_matches (error, FP_DEVICE_ERROR, FP_DEVICE_ERROR_REMOVED))
    letter = 'u';
  else if (g_error_matches (error, FP_DEVICE_ERROR, FP_DEVICE_ERROR_BUSY))
    letter = 'b';
  else if (g_error_matches (error, FP_DEVICE_ERROR, FP_DEVICE_ERROR_NOT_SUPPORTED))
    letter = 'n';
  else if (error->domain == FP_DEVICE_RETRY)
    letter = 'r';
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    letter = 'p';
  body[0] = letter;
  body[1] = letter == 'r' ? error->code : 0;
  write_record ('x', body, sizeof body);
}

static gchar *
name_of (FpDevice *device)
{
  return g_strdup_printf ("%s:%s", fp_device_get_driver (device), fp_device_get_device_id (device));
}

/* One 'd' record a device: whether it can capture, its path, its product name, parted by tabs. */
static void
list_devices (Helper *self)
{
  GPtrArray *devices = fp_context_get_devices (self->context);

  for (guint i = 0; i < devices->len; i++)
    {
      FpDevice *device = g_ptr_array_index (devices, i);
      g_autofree gchar *name = name_of (device);
      g_autofree gchar *row = NULL;

      row = g_strdup_printf ("%d\t%s\t%s", fp_device_has_feature (device, FP_DEVICE_FEATURE_CAPTURE) ? 1 : 0, name,
                             fp_device_get_name (device));
      write_record ('d', row, strlen (row));
    }
  write_record ('l', "", 0);
}

static void
finger_status_changed (FpDevice *device, GParamSpec *spec, gpointer data)
{
  guint8 status = fp_device_get_finger_status (device);

  (void) spec;
  (void) data;
  write_record ('f', &status, 1);
}

static void
open_device (Helper *self, const gchar *wanted)
{
  GPtrArray *devices = fp_context_get_devices (self->context);

  for (guint i = 0; i < devices->len; i++)
    {
      FpDevice *device = g_ptr_array_index (devices, i);
      g_autofree gchar *name = name_of (device);
      g_autoptr(GError) error = NULL;

      if (strcmp (name, wanted) != 0)
        continue;
      if (!fp_device_open_sync (device, NULL, &error))
        {
          write_error (error);
          return;
        }
      self->device = device;
      g_signal_connect (device, "notify::finger-status", G_CALLBACK (finger_status_changed), NULL);
      write_record ('o', "", 0);
      return;
    }
  write_record ('x', "0", 1);
}

/* An 'i' record: width, height, resolution in thousandths of a pixel per millimetre (32 bits each), then the pixels. */
static void
write_image (FpImage *image)
{
  guint32 numbers[3];
  guint8 head[12];
  gsize length = 0;
  guchar *pixels = (guchar *) fp_image_get_data (image, &length);
  gsize binary_length = 0;
  guchar *binary = (guchar *) fp_image_get_binarized (image, &binary_length);

  numbers[0] = fp_image_get_width (image);
  numbers[1] = fp_image_get_height (image);
  numbers[2] = (guint32) (fp_image_get_ppmm (image) * 1000.0 + 0.5);
  for (int i = 0; i < 12; i++)
    head[i] = (numbers[i / 4] >> (8 * (i % 4))) & 0xff;
  write_record_head ('i', sizeof head + length);
  write_all (head, sizeof head);
  write_all (pixels, length);
  explicit_bzero (pixels, length);
  if (binary != NULL)
    explicit_bzero (binary, binary_length);
}

static void
capture_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Helper *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(FpImage) image = fp_device_capture_finish (FP_DEVICE (source), result, &error);

  g_clear_object (&self->capturing);
  if (image != NULL)
    write_image (image);
  else
    write_error (error);
}

static void
start_capture (Helper *self)
{
  if (self->device == NULL || self->capturing != NULL)
    {
      write_record ('x', "b", 1);
      return;
    }
  self->capturing = g_cancellable_new ();
  fp_device_capture (self->device, TRUE, self->capturing, capture_ended, self);
}

/* Answers how many bytes of the command were used up; 0 when it is not whole yet. */
static gsize
obey (Helper *self)
{
  switch (self->command[0])
    {
    case 'L':
      list_devices (self);
      return 1;

    case 'O':
      {
        gsize length = self->filled > 1 ? self->command[1] : COMMAND_BYTES;
        gchar name[256];

        if (self->filled < 2 + length)
          return 0;
        memcpy (name, self->command + 2, length);
        name[length] = 0;
        open_device (self, name);
        return 2 + length;
      }

    case 'C':
      start_capture (self);
      return 1;

    case 'A':
      if (self->capturing != NULL)
        g_cancellable_cancel (self->capturing);
      return 1;

    default:
      g_main_loop_quit (self->loop);
      return self->filled;
    }
}

static gboolean
commands_arrived (gint fd, GIOCondition condition, gpointer data)
{
  Helper *self = data;
  gssize length = read (fd, self->command + self->filled, COMMAND_BYTES - self->filled);

  (void) condition;
  if (length <= 0)
    {
      /* The station has gone, or let us go. */
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  self->filled += length;
  while (self->filled > 0)
    {
      gsize used = obey (self);
      if (used == 0)
        break;
      memmove (self->command, self->command + used, self->filled - used);
      self->filled -= used;
    }
  return G_SOURCE_CONTINUE;
}

int
main (void)
{
  struct rlimit no_core = { 0, 0 };
  Helper self = { 0 };

  setrlimit (RLIMIT_CORE, &no_core);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.context = fp_context_new ();
  fp_context_enumerate (self.context);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, commands_arrived, &self);
  g_main_loop_run (self.loop);
  if (self.device != NULL && self.capturing == NULL)
    fp_device_close_sync (self.device, NULL, NULL);
  return 0;
}
