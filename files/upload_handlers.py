"""Uploads over the limit are let go of while they arrive: no disk, no memory."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from files.formats import MAX_BYTES


class SizeLimitHandler(FileUploadHandler):
    """First in settings.FILE_UPLOAD_HANDLERS. Names of files dropped are in `request.oversized_uploads`."""

    def new_file(self, *args, **kwargs):
        """A part begins."""
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        """Passes the bytes on until there are too many."""
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            self.request.oversized_uploads = [
                *getattr(self.request, "oversized_uploads", []),
                self.file_name,
            ]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        """Leaves the file to the handlers after this one."""
