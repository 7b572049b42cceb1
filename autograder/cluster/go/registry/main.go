// The CNCF Distribution registry, with the one storage driver that is used here.
//
// Upstream's command imports the drivers of every cloud; this one imports the
// file system's alone, so it builds in seconds instead of minutes.
package main

import (
	"os"

	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
)

func main() {
	if err := registry.RootCmd.Execute(); err != nil {
		os.Exit(1)
	}
}
